package io.levin.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.levin.engine.OpCasts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where operations of this thread have their arrays cast on the way in. Casts are freed at the end:
 * autograd keeps what it needs by itself.
 */
public final class OpCasting implements Region {
  private static final Set<String> RECURRENT = Set.of("rnn", "gru", "lstm");

  private final List<NDArray> casts = new ArrayList<>();
  private final OpCasts.Rule before;

  /** Casts by a rule until the region is closed. */
  OpCasting(OpCasts.Rule rule) {
    before =
        OpCasts.use(
            (method, array) -> {
              NDArray cast = rule.cast(method, array);
              if (cast != array) {
                casts.add(cast);
              }
              return cast;
            });
  }

  /** For networks in 64 bits: DJL begins recurrent ones with a state in 32, whatever they are. */
  public static Region recurrentIn64Bits() {
    return new OpCasting(
        (method, array) ->
            RECURRENT.contains(method) && array.getDataType() == DataType.FLOAT32
                ? Casts.toFp64(array)
                : array);
  }

  @Override
  public void close() {
    OpCasts.use(before);
    casts.forEach(NDArray::close);
  }
}
