package io.levin.precision.hpu;

import ai.djl.ndarray.NDList;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.Scope;
import io.levin.torch.Casts;
import io.levin.torch.OpLists;

/**
 * 32 bits on HPUs, or bf16 by lists of operations, as Habana's mixed precision package has them; 16
 * means bf16 there. Nothing is scaled.
 */
public final class HPUPrecisionPlugin extends PrecisionPlugin {
  private final String precision;
  private final OpLists lists;

  /**
   * @param precision {@code 16}, {@code 32} or {@code bf16}
   * @param lists which operations compute in bf16; nothing looks at them with {@code 32}
   */
  public HPUPrecisionPlugin(String precision, OpLists lists) {
    this.precision = precision;
    this.lists = precision.equals("32") ? null : lists;
  }

  @Override
  public String precision() {
    return precision;
  }

  @Override
  public Scope forwardContext() {
    return lists == null ? Scope.NONE : lists.open()::close;
  }

  @Override
  public NDList convertOutput(NDList outputs) {
    return Casts.widened(outputs);
  }
}
