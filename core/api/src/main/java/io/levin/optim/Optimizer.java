package io.levin.optim;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Updates parameters in place from their gradients.
 *
 * <p>Gradients accumulate in the engine until {@link #zeroGrad}. A parameter without gradient is
 * left alone. State lives in native memory that {@link #close} frees. Used by one thread.
 */
@ConsumerType
public interface Optimizer extends AutoCloseable {
  /** Name for logs, for example {@code Adam}. */
  default String name() {
    return getClass().getSimpleName();
  }

  List<ParameterGroup> groups();

  /** One update of all parameters that have a gradient. */
  void step();

  /** Sets all gradients to zero, in place. */
  void zeroGrad();

  /**
   * State in the shape of PyTorch's {@code state_dict()}: {@code state} (map of parameter index to
   * map of name to NDArray or number) and {@code param_groups} (list of maps). Arrays are the live
   * ones: read them before the next step.
   */
  Map<String, Object> stateDict();

  /**
   * Restores what {@link #stateDict} gave, or the same with {@link io.levin.checkpoint.Tensor}s for
   * arrays, as a file has them; they are copied.
   *
   * @throws io.levin.LevinException when groups, parameters or shapes differ
   */
  void loadStateDict(Map<String, Object> state);

  /**
   * Whether the closure is evaluated several times per step, as in LBFGS; most plugins refuse it.
   */
  default boolean reevaluatesClosure() {
    return false;
  }

  @Override
  void close();
}
