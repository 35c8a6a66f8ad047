package io.levin.strategy.builtin;

import static java.util.Objects.requireNonNull;

import ai.djl.Device;
import io.levin.collective.ProcessGroup;
import io.levin.precision.OptimizerStep;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.StepResult;
import io.levin.strategy.Sharding;
import io.levin.strategy.Strategy;
import io.levin.torch.Storages;
import java.util.Optional;

/**
 * One process for every device, each with its own part of the data and of the state of training:
 * what a {@link Stage} says is on each rank in parts only. All step by the mean of their gradients,
 * as with DDP.
 */
public final class ShardedStrategy implements Strategy {
  private final String name;
  private final Device device;
  private final ProcessGroup group;
  private final ZeroSharding sharding;

  /**
   * @param name as in plans
   * @param group all processes of the run; closed with this strategy
   */
  public ShardedStrategy(String name, Stage stage, Device device, ProcessGroup group) {
    this.name = requireNonNull(name, "name");
    this.device = requireNonNull(device, "device");
    this.group = requireNonNull(group, "group");
    this.sharding = new ZeroSharding(stage, group, device);
    Storages.returnLargePieces();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public ProcessGroup group() {
    return group;
  }

  @Override
  public Optional<Sharding> sharding() {
    return Optional.of(sharding);
  }

  @Override
  public void afterBackward(boolean endsWindow) {
    sharding.afterBackward(endsWindow);
  }

  @Override
  public StepResult optimizerStep(PrecisionPlugin precision, OptimizerStep step) {
    StepResult result = precision.optimizerStep(step);
    sharding.stepped(result == StepResult.STEPPED);
    return result;
  }

  @Override
  public void close() {
    sharding.close();
    group.close();
  }
}
