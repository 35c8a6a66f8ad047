package io.levin.core;

import io.levin.accelerator.cpu.CPUAcceleratorOffer;
import io.levin.checkpoint.async.AsyncCheckpointOffer;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointOffer;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointOffer;
import io.levin.cluster.gloo.GlooProcessGroups;
import io.levin.cluster.local.LightningEnvironmentOffer;
import io.levin.core.planner.Offered;
import io.levin.plan.Offer;
import io.levin.precision.amp.FullyShardedNativeMixedPrecisionPluginOffer;
import io.levin.precision.amp.NativeMixedPrecisionPluginOffer;
import io.levin.precision.amp.ShardedNativeMixedPrecisionPluginOffer;
import io.levin.precision.deepspeed.DeepSpeedPrecisionPluginOffer;
import io.levin.precision.full.DoublePrecisionPluginOffer;
import io.levin.precision.full.HalfPrecisionPluginOffer;
import io.levin.precision.full.PrecisionPluginOffer;
import io.levin.strategy.builtin.DDPFullyShardedStrategyOffer;
import io.levin.strategy.builtin.DDPShardedStrategyOffer;
import io.levin.strategy.builtin.DDPSpawnShardedStrategyOffer;
import io.levin.strategy.builtin.DDPSpawnStrategyOffer;
import io.levin.strategy.builtin.DDPStrategyOffer;
import io.levin.strategy.builtin.DeepSpeedStrategyOffer;
import io.levin.strategy.builtin.SingleDeviceStrategyOffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Trainers with everything that several processes on this machine can run with. */
final class RankedOffers {
  private RankedOffers() {}

  static StandardTrainers trainers() {
    return new StandardTrainers(
        () ->
            Stream.<Offer<?>>of(
                    new PrecisionPluginOffer(),
                    new DoublePrecisionPluginOffer(),
                    new HalfPrecisionPluginOffer(),
                    new NativeMixedPrecisionPluginOffer(),
                    new ShardedNativeMixedPrecisionPluginOffer(),
                    new FullyShardedNativeMixedPrecisionPluginOffer(),
                    new DeepSpeedPrecisionPluginOffer(),
                    new CPUAcceleratorOffer(),
                    new SingleDeviceStrategyOffer(),
                    new DDPStrategyOffer(),
                    new DDPSpawnStrategyOffer(),
                    new DDPShardedStrategyOffer(),
                    new DDPSpawnShardedStrategyOffer(),
                    new DDPFullyShardedStrategyOffer(),
                    new DeepSpeedStrategyOffer(),
                    new TorchCheckpointOffer(),
                    new SafetensorsCheckpointOffer(),
                    new AsyncCheckpointOffer(),
                    new LightningEnvironmentOffer())
                .map(
                    offer ->
                        new Offered(
                            offer, "test", offer instanceof SafetensorsCheckpointOffer ? -100 : 0))
                .toList(),
        () -> List.of(new TorchCheckpointIO(), new SafetensorsCheckpointIO()),
        () -> Optional.of(new GlooProcessGroups()));
  }
}
