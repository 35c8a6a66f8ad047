package io.levin.accelerator.hpu;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.levin.accelerator.EmulatedAccelerator;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.strategy.Strategy;
import io.levin.torch.Gradient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One process for every emulated HPU, with one optimizer; gradients become their mean. */
final class HPUParallelStrategy implements Strategy {
  private final EmulatedAccelerator accelerator;
  private final ProcessGroup group;
  private final List<NDArray> trained = new ArrayList<>();

  /**
   * @param group all processes of the run; closed with this strategy
   */
  HPUParallelStrategy(EmulatedAccelerator accelerator, ProcessGroup group) {
    this.accelerator = accelerator;
    this.group = group;
  }

  @Override
  public Device device() {
    return accelerator.device(0);
  }

  @Override
  public ProcessGroup group() {
    return group;
  }

  /** Gives all ranks the parameters and buffers of rank 0, in place. */
  @Override
  public void connect(LevinModule module, List<Optimizer> optimizers) {
    SingleHPUStrategy.demandOne(module, optimizers);
    List<NDArray> all = new ArrayList<>();
    module.block().getParameters().forEach(entry -> all.add(entry.getValue().getArray()));
    group.broadcast(all, 0);
    trained.clear();
    module.parameters().forEach(parameter -> trained.add(parameter.array()));
  }

  @Override
  public void afterBackward(boolean endsWindow) {
    if (!endsWindow) {
      return;
    }
    List<NDArray> gradients = trained.stream().map(Gradient::of).filter(Objects::nonNull).toList();
    try {
      group.allReduce(gradients, Reduction.MEAN);
    } finally {
      gradients.forEach(NDArray::close);
    }
    accelerator.reduced();
  }

  @Override
  public void close() {
    group.close();
  }
}
