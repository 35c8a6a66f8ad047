package io.levin.strategy.builtin;

import ai.djl.Device;
import io.levin.arguments.TrainerArguments;
import io.levin.cluster.World;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import io.levin.strategy.Strategy;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers DDP: processes that are started once and share their gradients. */
@Component(service = Offer.class)
public final class DDPStrategyOffer extends ProcessesOffer {
  private static final Set<String> ONE_PROCESS = Set.of("dp", "ddp2");

  @Override
  public String name() {
    return "DDPStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of("ddp", "ddp_find_unused_parameters_false", "dp", "ddp2");
  }

  @Override
  protected String word() {
    return "ddp";
  }

  @Override
  public Answer answer(Request request) {
    String word = request.word(Family.STRATEGY).orElse("");
    if (ONE_PROCESS.contains(word) && request.asksFor(this)) {
      return oneProcess(request, word);
    }
    if (request.asksFor(this)) {
      return fits(request, "you asked for " + Asked.other(request));
    }
    Optional<Conflict> former = FormerWords.conflict(word);
    if (former.isPresent()) {
      return Answer.refuses(former.get());
    }
    if (Spawning.isAskedFor(request) && Spawning.isDoneAlready(request)) {
      Answer.Fits fits =
          fits(
              request,
              "%s started the processes, so none are spawned".formatted(environment(request)));
      return Asked.forAnother(request)
          ? fits.warning(
              "%s becomes ddp: %s started the processes already."
                  .formatted(word.isEmpty() ? "DDPSpawnStrategy" : word, environment(request)))
          : fits;
    }
    if (Asked.forAnother(request)) {
      return Answer.notConcerned("strategy is " + Asked.other(request));
    }
    int nodes = request.arguments().get(TrainerArguments.NUM_NODES);
    return nodes > 1
        ? fits(request, "there are " + nodes + " nodes")
        : Answer.notConcerned("there is one node");
  }

  private Answer oneProcess(Request request, String word) {
    if (request.device().equals("cpu")) {
      return fits(request, "you asked for " + word)
          .with(Settings.STRATEGY, "ddp")
          .warning("%s needs GPUs; on the CPU it becomes ddp.".formatted(word));
    }
    return fits(request, "you asked for " + word)
        .objecting(
            Conflict.of(
                "Strategy %s, one process for several devices, is not offered.".formatted(word),
                "Give --strategy ddp: one process for every device.",
                TrainerArguments.STRATEGY));
  }

  private static String environment(Request request) {
    return request.chosen(Family.CLUSTER_ENVIRONMENT);
  }

  @Override
  protected Strategy create(Creation creation, Device device) {
    return new DDPStrategy(
        name(),
        device,
        World.join(creation, ProcessesOptions.timeout(creation)),
        !ProcessesOptions.word(creation).endsWith("find_unused_parameters_false"));
  }
}
