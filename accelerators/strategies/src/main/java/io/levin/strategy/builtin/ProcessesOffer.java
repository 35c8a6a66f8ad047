package io.levin.strategy.builtin;

import ai.djl.Device;
import io.levin.accelerator.Accelerator;
import io.levin.arguments.TrainerArguments;
import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.World;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.PlannedOnly;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import io.levin.plan.Specificity;
import io.levin.strategy.Strategy;
import java.util.List;
import java.util.Set;

/** What all strategies with one process for every device have in common. */
abstract class ProcessesOffer implements Offer<Strategy> {
  @Override
  public final Family family() {
    return Family.STRATEGY;
  }

  @Override
  public Answer answer(Request request) {
    return request.asksFor(this)
        ? fits(request, "you asked for " + Asked.other(request))
        : Answer.notConcerned(
            Asked.forAnother(request)
                ? "strategy is " + Asked.other(request)
                : "nobody asked for it");
  }

  /** A fit with the settings that every strategy of this kind has. */
  protected Answer.Fits fits(Request request, String why) {
    String word = request.word(Family.STRATEGY).filter(words()::contains).orElseGet(this::word);
    Answer.Fits fits =
        Answer.fits(Specificity.PARTICULAR, why)
            .with(Settings.STRATEGY, word)
            .with(Settings.SEVERAL_PROCESSES, true);
    return request.arguments().get(TrainerArguments.SYNC_BATCHNORM)
        ? fits.warning("sync-batchnorm does nothing yet: each rank normalizes by its own batch.")
        : fits;
  }

  /** The word it goes by when none was given. */
  protected abstract String word();

  @Override
  public Set<String> options() {
    return Set.of(ProcessesOptions.TIMEOUT);
  }

  @Override
  public final Strategy create(Creation creation) {
    Accelerator accelerator = creation.part(Accelerator.class).orElseThrow();
    List<Integer> devices = creation.plan().devices();
    if (World.size(creation.plan()) == 1) {
      return new GroupOfOne(name(), accelerator.device(devices.get(0)));
    }
    int local = creation.part(ClusterEnvironment.class).orElseThrow().localRank();
    return create(creation, accelerator.device(devices.get(local % devices.size())));
  }

  /**
   * Makes the strategy of one of several processes.
   *
   * @param device of this process
   */
  protected Strategy create(Creation creation, Device device) {
    throw PlannedOnly.cannotRun(
        name() + " with several processes", "give --strategy ddp, or --devices 1 --num-nodes 1");
  }
}
