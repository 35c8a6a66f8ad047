package io.levin.callback.builtin;

import io.levin.MisconfigurationException;
import io.levin.arguments.Arguments;
import io.levin.arguments.Limit;
import io.levin.arguments.TrainerArguments;
import io.levin.core.planner.Closest;
import io.levin.trainer.Trainer;
import java.util.Map;

/** What callbacks that look at a metric have in common. */
final class Monitor {
  private Monitor() {}

  /**
   * Whether the metric is looked at when the training epoch ends, rather than after each
   * validation: so it is where every epoch ends with one validation, or none runs at all.
   *
   * @param wanted the user's own decision, or null
   */
  static boolean isAtEpochEnd(Trainer trainer, Boolean wanted) {
    if (wanted != null) {
      return wanted;
    }
    Arguments arguments = trainer.arguments();
    return trainer.validationBatches() == 0
        || (arguments.get(TrainerArguments.VAL_CHECK_INTERVAL).equals(Limit.ALL)
            && arguments.get(TrainerArguments.CHECK_VAL_EVERY_N_EPOCH) == 1);
  }

  static boolean isTrial(Trainer trainer) {
    return trainer.arguments().get(TrainerArguments.FAST_DEV_RUN) > 0;
  }

  static MisconfigurationException missing(
      String monitor, Map<String, Double> metrics, String asker) {
    String hint =
        Closest.to(monitor, metrics.keySet())
            .map("Did you mean '%s'?"::formatted)
            .orElse("Log it with log(\"%s\", …), or monitor another.".formatted(monitor));
    return new MisconfigurationException(
        "%s monitors '%s', which nobody has logged. Logged: %s."
            .formatted(asker, monitor, String.join(", ", metrics.keySet())),
        hint);
  }

  /** A number of a loaded state, where it may be an array of one element; else the other. */
  static double number(Object value, double otherwise) {
    if (value instanceof ai.djl.ndarray.NDArray array) {
      try (ai.djl.ndarray.NDArray wide =
          array.toType(ai.djl.ndarray.types.DataType.FLOAT64, true)) {
        return wide.toDoubleArray()[0];
      }
    }
    return value instanceof Number number ? number.doubleValue() : otherwise;
  }
}
