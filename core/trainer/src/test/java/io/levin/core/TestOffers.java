package io.levin.core;

import io.levin.accelerator.cpu.CPUAcceleratorOffer;
import io.levin.checkpoint.torch.TorchCheckpointOffer;
import io.levin.core.planner.Offered;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.precision.amp.NativeMixedPrecisionPluginOffer;
import io.levin.precision.full.DoublePrecisionPluginOffer;
import io.levin.precision.full.PrecisionPluginOffer;
import io.levin.strategy.builtin.SingleDeviceStrategyOffer;
import java.util.List;

/** The offers that the Trainer's own tests need. */
final class TestOffers {
  private TestOffers() {}

  /** An offer of one finished part, for families that a test is not about. */
  record Fixed(Family family, String name, Object part) implements Offer<Object> {
    @Override
    public Answer answer(Request request) {
      return Answer.fits(0, "a test needs one");
    }

    @Override
    public Object create(Creation creation) {
      return part;
    }
  }

  static StandardTrainers trainers() {
    return trainers(new NativeMixedPrecisionPluginOffer());
  }

  /** With one precision offer beside those of 32 and 64. */
  static StandardTrainers trainers(Offer<?> precision) {
    return new StandardTrainers(
        () ->
            List.of(
                offered(precision),
                offered(new CPUAcceleratorOffer()),
                offered(new SingleDeviceStrategyOffer()),
                offered(new PrecisionPluginOffer()),
                offered(new DoublePrecisionPluginOffer()),
                offered(new Fixed(Family.CLUSTER_ENVIRONMENT, "LightningEnvironment", "here")),
                offered(new TorchCheckpointOffer())));
  }

  private static Offered offered(Offer<?> offer) {
    return new Offered(offer, "test");
  }
}
