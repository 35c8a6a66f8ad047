package io.levin.core;

import ai.djl.ndarray.NDArray;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.torch.Gradient;
import io.levin.trainer.Trainer;
import java.util.Map;

/** What a process holds of the state of training between two steps. */
final class Held {
  private Held() {}

  /** Bytes of the block's parameters, of all gradients, and of the optimizers' state. */
  static long bytes(Trainer trainer, LevinModule module) {
    long bytes = 0;
    for (var parameter : module.block().getParameters().values()) {
      bytes += size(parameter.getArray());
    }
    for (Optimizer optimizer : trainer.optimizers()) {
      for (var group : optimizer.groups()) {
        for (NDArray array : group.arrays()) {
          try (NDArray gradient = Gradient.of(array)) {
            bytes += gradient == null ? 0 : size(gradient);
          }
        }
      }
      for (Object state : ((Map<?, ?>) optimizer.stateDict().get("state")).values()) {
        for (Object value : ((Map<?, ?>) state).values()) {
          bytes += value instanceof NDArray array ? size(array) : 0;
        }
      }
    }
    return bytes;
  }

  private static long size(NDArray array) {
    return array.toByteBuffer(true).remaining();
  }
}
