package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import io.levin.MisconfigurationException;
import io.levin.optim.Optimizer;
import io.levin.precision.Gradients;
import io.levin.strategy.Sharding;
import io.levin.strategy.Strategy;
import io.levin.torch.Foreach;
import io.levin.torch.TensorList;
import java.util.List;

/** Gradients by libtorch's foreach operations. */
final class TorchGradients implements Gradients {
  private final NDManager manager;
  private final Sharding sharding;

  TorchGradients(NDManager manager, Strategy strategy) {
    this.manager = manager;
    this.sharding = strategy.sharding().orElse(null);
  }

  private static List<TensorList> lists(Optimizer optimizer) {
    if (optimizer instanceof io.levin.optim.torch.TorchGradients torch) {
      return torch.gradients();
    }
    throw new MisconfigurationException(
        optimizer.name()
            + " does not hand out its gradients, so they cannot be clipped or unscaled.",
        "Let it implement io.levin.optim.torch.TorchGradients, or use SGD, Adam or AdamW.");
  }

  @Override
  public double norm(Optimizer optimizer) {
    double squares = 0;
    for (TensorList list : lists(optimizer)) {
      double norm = Foreach.norm(list, (PtNDManager) manager);
      squares += norm * norm;
    }
    return Math.sqrt(sharding == null ? squares : sharding.sum(squares));
  }

  @Override
  public void clipByNorm(Optimizer optimizer, double limit) {
    List<TensorList> lists = lists(optimizer);
    if (lists.size() == 1 && sharding == null) {
      Foreach.clipByNorm(lists.get(0), limit);
      return;
    }
    // Several groups, or parts, have one norm together: PyTorch's formula, in double.
    double factor = Math.min(1, limit / (norm(optimizer) + 1e-6));
    for (TensorList list : lists) {
      Foreach.scale(list, factor);
    }
  }

  @Override
  public void clipByValue(Optimizer optimizer, double limit) {
    for (TensorList list : lists(optimizer)) {
      Foreach.clipByValue(list, limit);
    }
  }

  @Override
  public void unscale(Optimizer optimizer, NDArray foundInf, NDArray inverseScale) {
    for (TensorList list : lists(optimizer)) {
      Foreach.unscale(list, foundInf, inverseScale);
    }
  }
}
