package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.levin.checkpoint.Tensor;
import io.levin.optim.NamedArray;
import io.levin.torch.Gradient;
import java.util.LinkedHashMap;
import java.util.Map;

/** The gradients of an accumulation window that a checkpoint was kept within. */
final class OpenWindow {
  private OpenWindow() {}

  /** Gradients by parameter; the live arrays. */
  static Map<String, Object> state(Network network) {
    Map<String, Object> state = new LinkedHashMap<>();
    for (NamedArray parameter : network.parameters()) {
      NDArray gradient = Gradient.of(parameter.array());
      if (gradient != null) {
        state.put(parameter.name(), network.part(parameter.name(), gradient));
      }
    }
    return state;
  }

  /**
   * Gives the parameters their gradients back. The engine makes gradients only in a backward pass,
   * so this runs one whose gradients are those wanted, exactly: that of the sum of products.
   */
  static void restore(Map<String, Object> state, Network network, Autograd autograd) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray sum = null;
      for (NamedArray parameter : network.parameters()) {
        if (!(state.get(parameter.name()) instanceof Tensor saved)) {
          continue;
        }
        Tensor own =
            network.shard(parameter.name()).map(s -> PartStates.cut(saved, s)).orElse(saved);
        NDArray gradient = Tensors.array(own, manager);
        NDArray product = autograd.dot(parameter.array(), gradient, manager);
        sum = sum == null ? product : autograd.sum(sum, product);
      }
      if (sum != null) {
        autograd.backward(sum);
      }
    }
  }
}
