package io.levin.strategy.builtin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.levin.LevinException;
import io.levin.collective.CollectiveException;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.optim.NamedArray;
import io.levin.torch.Gradient;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the gradients of all ranks their mean, in one message for each dtype. With them goes who
 * has which: a rank whose step did not use a parameter sends zeros for it, so that all ranks make
 * the same call whatever their models did.
 */
final class SharedGradients {
  private final ProcessGroup group;
  private final List<NamedArray> trained;
  private final boolean findsUnused;

  /**
   * @param trained on every rank the same, in the same order
   * @param findsUnused whether a parameter may have a gradient on some ranks only
   */
  SharedGradients(ProcessGroup group, List<NamedArray> trained, boolean findsUnused) {
    this.group = group;
    this.trained = List.copyOf(trained);
    this.findsUnused = findsUnused;
  }

  void average() {
    try (NDManager scope = NDManager.newBaseManager(ai.djl.Device.cpu())) {
      float[] has = new float[trained.size()];
      List<NDArray> message = new ArrayList<>(trained.size() + 1);
      for (int i = 0; i < has.length; i++) {
        NDArray gradient = Gradient.of(trained.get(i).array());
        has[i] = gradient == null ? 0 : 1;
        if (gradient == null) {
          NDArray parameter = trained.get(i).array();
          gradient = scope.zeros(parameter.getShape(), parameter.getDataType());
        } else {
          gradient.attach(scope);
        }
        message.add(gradient);
      }
      NDArray share = scope.create(has, new Shape(has.length)).toType(type(), false);
      message.add(share);
      group.allReduce(message, Reduction.MEAN);
      settle(message, has, share.toType(DataType.FLOAT32, false).toFloatArray());
    }
  }

  /** Of the gradients, so that who has which costs no message of its own. */
  private DataType type() {
    DataType first = trained.isEmpty() ? DataType.FLOAT32 : trained.get(0).array().getDataType();
    return first == DataType.FLOAT64 ? first : DataType.FLOAT32;
  }

  private void settle(List<NDArray> means, float[] has, float[] share) {
    List<String> partly = new ArrayList<>();
    for (int i = 0; i < has.length; i++) {
      boolean isPartly = share[i] > 0 && share[i] * group.size() < group.size() - 0.5;
      if (!isPartly) {
        continue;
      }
      partly.add(trained.get(i).name());
      if (findsUnused && has[i] == 0) {
        Gradient.add(trained.get(i).array(), means.get(i));
      }
    }
    if (!partly.isEmpty() && !findsUnused) {
      throw unused(partly);
    }
  }

  private CollectiveException unused(List<String> parameters) {
    return new CollectiveException(
        LevinException.Kind.USER,
        group.rank(),
        "gradients",
        List.of(),
        false,
        "%s %s used by the step of some ranks, and not of others."
            .formatted(String.join(", ", parameters), parameters.size() == 1 ? "is" : "are"),
        "Give --strategy ddp, with which those have a gradient of zero, or use them in every step.");
  }
}
