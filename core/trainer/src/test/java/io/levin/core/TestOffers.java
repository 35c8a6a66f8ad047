package io.levin.core;

import io.levin.accelerator.cpu.CPUAcceleratorOffer;
import io.levin.accelerator.cuda.GPUAcceleratorOffer;
import io.levin.accelerator.hpu.HPUAcceleratorOffer;
import io.levin.accelerator.hpu.HPUParallelStrategyOffer;
import io.levin.accelerator.hpu.SingleHPUStrategyOffer;
import io.levin.accelerator.ipu.IPUAcceleratorOffer;
import io.levin.accelerator.ipu.IPUStrategyOffer;
import io.levin.accelerator.lazy.LazyAcceleratorOffer;
import io.levin.accelerator.lazy.SingleLazyStrategyOffer;
import io.levin.accelerator.tpu.SingleTPUStrategyOffer;
import io.levin.accelerator.tpu.TPUAcceleratorOffer;
import io.levin.accelerator.tpu.TPUSpawnStrategyOffer;
import io.levin.checkpoint.async.AsyncCheckpointOffer;
import io.levin.checkpoint.devices.HPUCheckpointIOOffer;
import io.levin.checkpoint.devices.XLACheckpointIOOffer;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointOffer;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointOffer;
import io.levin.cluster.gloo.GlooProcessGroups;
import io.levin.cluster.local.LightningEnvironmentOffer;
import io.levin.core.planner.Offered;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.precision.amp.FullyShardedNativeMixedPrecisionPluginOffer;
import io.levin.precision.amp.NativeMixedPrecisionPluginOffer;
import io.levin.precision.amp.ShardedNativeMixedPrecisionPluginOffer;
import io.levin.precision.apex.ApexMixedPrecisionPluginOffer;
import io.levin.precision.deepspeed.DeepSpeedPrecisionPluginOffer;
import io.levin.precision.full.DoublePrecisionPluginOffer;
import io.levin.precision.full.HalfPrecisionPluginOffer;
import io.levin.precision.full.PrecisionPluginOffer;
import io.levin.precision.hpu.HPUPrecisionPluginOffer;
import io.levin.precision.ipu.IPUPrecisionPluginOffer;
import io.levin.precision.tpu.TPUBf16PrecisionPluginOffer;
import io.levin.precision.tpu.TPUPrecisionPluginOffer;
import io.levin.strategy.builtin.DDPFullyShardedStrategyOffer;
import io.levin.strategy.builtin.DDPShardedStrategyOffer;
import io.levin.strategy.builtin.DDPStrategyOffer;
import io.levin.strategy.builtin.DeepSpeedStrategyOffer;
import io.levin.strategy.builtin.SingleDeviceStrategyOffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
                offered(new SafetensorsCheckpointOffer()),
                offered(new AsyncCheckpointOffer()),
                offered(new TorchCheckpointOffer())),
        () -> List.of(new TorchCheckpointIO(), new SafetensorsCheckpointIO()));
  }

  /** With every precision, device and strategy that Levin brings. */
  static StandardTrainers everything() {
    return new StandardTrainers(
        () ->
            Stream.of(
                    new PrecisionPluginOffer(),
                    new DoublePrecisionPluginOffer(),
                    new HalfPrecisionPluginOffer(),
                    new NativeMixedPrecisionPluginOffer(),
                    new ShardedNativeMixedPrecisionPluginOffer(),
                    new FullyShardedNativeMixedPrecisionPluginOffer(),
                    new ApexMixedPrecisionPluginOffer(),
                    new DeepSpeedPrecisionPluginOffer(),
                    new TPUPrecisionPluginOffer(),
                    new TPUBf16PrecisionPluginOffer(),
                    new HPUPrecisionPluginOffer(),
                    new IPUPrecisionPluginOffer(),
                    new CPUAcceleratorOffer(),
                    new GPUAcceleratorOffer(),
                    new LazyAcceleratorOffer(),
                    new TPUAcceleratorOffer(),
                    new HPUAcceleratorOffer(),
                    new IPUAcceleratorOffer(),
                    new SingleDeviceStrategyOffer(),
                    new DDPStrategyOffer(),
                    new DDPShardedStrategyOffer(),
                    new DDPFullyShardedStrategyOffer(),
                    new DeepSpeedStrategyOffer(),
                    new SingleLazyStrategyOffer(),
                    new SingleTPUStrategyOffer(),
                    new TPUSpawnStrategyOffer(),
                    new SingleHPUStrategyOffer(),
                    new HPUParallelStrategyOffer(),
                    new IPUStrategyOffer(),
                    new TorchCheckpointOffer(),
                    new SafetensorsCheckpointOffer(),
                    new AsyncCheckpointOffer(),
                    new XLACheckpointIOOffer(),
                    new HPUCheckpointIOOffer(),
                    new LightningEnvironmentOffer())
                .map(TestOffers::offered)
                .toList(),
        () -> List.of(new TorchCheckpointIO(), new SafetensorsCheckpointIO()),
        () -> Optional.of(new GlooProcessGroups()));
  }

  private static Offered offered(Offer<?> offer) {
    return new Offered(offer, "test", offer instanceof SafetensorsCheckpointOffer ? -100 : 0);
  }
}
