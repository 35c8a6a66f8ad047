package io.levin.accelerator.tpu;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.levin.accelerator.EmulatedAccelerator;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.strategy.Strategy;
import io.levin.torch.Gradient;
import io.levin.torch.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One process for every emulated TPU core. Gradients become their mean over all cores when the
 * precision plugin says so: by the host, where a TPU has a network of its own.
 */
final class TPUSpawnStrategy implements Strategy {
  private final EmulatedAccelerator accelerator;
  private final ProcessGroup group;

  /**
   * @param group all processes of the run; closed with this strategy
   */
  TPUSpawnStrategy(EmulatedAccelerator accelerator, ProcessGroup group) {
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
    List<NDArray> arrays = new ArrayList<>();
    module.block().getParameters().forEach(entry -> arrays.add(entry.getValue().getArray()));
    onHost(arrays, copies -> group.broadcast(copies, 0));
  }

  @Override
  public void reduceGradients(Optimizer optimizer) {
    accelerator.synchronize(); // gradients are computed before they are sent
    List<NDArray> gradients =
        optimizer.groups().stream()
            .flatMap(parameters -> parameters.arrays().stream())
            .map(Gradient::of)
            .filter(Objects::nonNull)
            .toList();
    try {
      // With none here, a rank that has some must still hear of it.
      onHost(gradients, copies -> group.allReduce(copies, Reduction.MEAN));
    } finally {
      gradients.forEach(NDArray::close);
    }
    accelerator.reduced();
  }

  @Override
  public void max(NDArray array) {
    onHost(List.of(array), copies -> group.allReduce(copies, Reduction.MAX));
  }

  /** Changes arrays by what is done to their copies on the CPU, which alone can be sent. */
  private static void onHost(List<NDArray> arrays, Consumer<List<NDArray>> work) {
    try (NDManager host = NDManager.newBaseManager(Device.cpu())) {
      List<NDArray> copies = arrays.stream().map(array -> Transfer.to(host, array)).toList();
      work.accept(copies);
      for (int i = 0; i < copies.size(); i++) {
        Transfer.copy(copies.get(i), arrays.get(i));
      }
    }
  }

  @Override
  public void close() {
    group.close();
  }
}
