package io.levin.strategy.builtin;

import io.levin.accelerator.Accelerator;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import io.levin.plan.Specificity;
import io.levin.strategy.Strategy;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers one process with one device. */
@Component(service = Offer.class)
public final class SingleDeviceStrategyOffer implements Offer<Strategy> {
  @Override
  public Family family() {
    return Family.STRATEGY;
  }

  @Override
  public String name() {
    return "SingleDeviceStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of("single_device");
  }

  @Override
  public Answer answer(Request request) {
    int devices = request.parallelDevices();
    int nodes = request.arguments().get(TrainerArguments.NUM_NODES);
    boolean alone = devices == 1 && nodes == 1;
    Answer.Fits fits =
        Answer.fits(Specificity.GENERAL, "there is one device")
            .with(Settings.STRATEGY, "single_device");
    if (request.arguments().get(TrainerArguments.SYNC_BATCHNORM)) {
      fits = fits.warning("sync-batchnorm does nothing with one device.");
    }
    if (request.asksFor(this)) {
      return alone ? fits : fits.objecting(several(devices, nodes));
    }
    if (Asked.forAnother(request)) {
      return Answer.notConcerned("strategy is " + Asked.other(request));
    }
    return alone
        ? fits
        : Answer.notConcerned(
            devices == 1 ? "there are " + nodes + " nodes" : "there are " + devices + " devices");
  }

  private static Conflict several(int devices, int nodes) {
    return Conflict.of(
        "Strategy single_device works with one device, and devices x num-nodes is %d x %d."
            .formatted(devices, nodes),
        "Give --devices 1 --num-nodes 1, or --strategy ddp.",
        TrainerArguments.STRATEGY,
        TrainerArguments.DEVICES,
        TrainerArguments.NUM_NODES);
  }

  @Override
  public Strategy create(Creation creation) {
    Accelerator accelerator = creation.part(Accelerator.class).orElseThrow();
    return new SingleDeviceStrategy(accelerator.device(creation.plan().devices().get(0)));
  }
}
