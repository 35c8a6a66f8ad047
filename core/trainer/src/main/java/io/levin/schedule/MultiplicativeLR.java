package io.levin.schedule;

import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import java.util.Collections;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** Multiplies the rate by a function of the step. The function is not kept in checkpoints. */
public final class MultiplicativeLR extends GroupScheduler {
  private final IntToDoubleFunction factor;

  public MultiplicativeLR(Optimizer optimizer, IntToDoubleFunction factor) {
    super(optimizer);
    this.factor = factor;
    begin();
  }

  @Override
  double next(ParameterGroup group, int index) {
    return lastEpoch == 0 ? group.lr() : group.lr() * factor.applyAsDouble(lastEpoch);
  }

  @Override
  void describe(Map<String, Object> state) {
    state.put("lr_lambdas", Collections.nCopies(groups().size(), null));
  }
}
