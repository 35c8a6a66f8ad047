package io.levin.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.levin.engine.OpCasts;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which operations compute in 16 bits and which in 32; the others take what they get. What
 * libtorch's {@link Autocast} does by lists of its own, this does by given ones, on every platform,
 * at the price of a call into libtorch for each cast.
 *
 * @param lowered operations whose float32 arrays are cast to {@code type}
 * @param full operations whose 16-bit arrays are cast to float32
 */
public record OpLists(Autocast.To type, Set<String> lowered, Set<String> full) {
  /** libtorch's own list for the CPU, of what DJL has of it. */
  public static final Set<String> PRODUCTS =
      Set.of("matmul", "bmm", "linear", "conv1d", "conv2d", "conv3d", "rnn", "gru", "lstm");

  /**
   * Names of PyTorch's operations.
   *
   * @throws IllegalArgumentException for a name that is unknown, or in both lists
   */
  public OpLists {
    check(lowered);
    check(full);
    Set<String> both = new TreeSet<>(lowered);
    both.retainAll(full);
    if (!both.isEmpty()) {
      throw new IllegalArgumentException(
          "%s cannot compute in 16 and in 32 bits at once".formatted(String.join(", ", both)));
    }
    lowered = methods(lowered);
    full = methods(full);
  }

  private static void check(Collection<String> names) {
    Set<String> unknown = new TreeSet<>(names);
    unknown.removeAll(OpCasts.OPERATIONS.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no operation '%s'; there are: %s"
              .formatted(
                  String.join("', '", unknown),
                  String.join(", ", new TreeSet<>(OpCasts.OPERATIONS.keySet()))));
    }
  }

  private static Set<String> methods(Collection<String> names) {
    return names.stream().map(OpCasts.OPERATIONS::get).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Casts for this thread until the region is closed, on the same thread; regions may be nested.
   */
  public Region open() {
    return new OpCasting(this::cast);
  }

  private NDArray cast(String method, NDArray array) {
    if (lowered.contains(method) && array.getDataType() == DataType.FLOAT32) {
      return type.cast(array);
    }
    return full.contains(method) && Casts.isNarrow(array) ? Casts.toFp32(array) : array;
  }
}
