package io.levin.torch;

import java.util.Map;
import java.util.TreeMap;

/**
 * What libtorch counts of its lazy tensors; in this process, or between two moments of it.
 *
 * @param compiled graphs that were compiled
 * @param reused graphs that were run again as they had been compiled before
 * @param fallbacks by operation: calls that the device lacks, which the CPU ran at once
 */
public record LazyCounters(long compiled, long reused, Map<String, Long> fallbacks) {
  private static final String FALLBACK = "aten::";

  static LazyCounters read(LazyDoor door) {
    Map<String, Long> fallbacks = new TreeMap<>();
    for (String name : names(door)) {
      // Reading a number of an array goes this way too, and is no operation that is lacking.
      if (name.startsWith(FALLBACK) && !name.equals(FALLBACK + "_local_scalar_dense")) {
        fallbacks.put(name.substring(FALLBACK.length()), door.levin_lazy_counter(name));
      }
    }
    return new LazyCounters(
        door.levin_lazy_counter("UncachedCompile"),
        door.levin_lazy_counter("CachedCompile"),
        fallbacks);
  }

  private static Iterable<String> names(LazyDoor door) {
    byte[] names = new byte[1 << 16];
    byte[] error = new byte[NativeFailure.ROOM];
    if (door.levin_lazy_counters(names, names.length, error, error.length) != 0) {
      throw new NativeFailure(error);
    }
    return com.sun.jna.Native.toString(names).lines().toList();
  }

  /** What was counted since another moment. */
  LazyCounters since(LazyCounters earlier) {
    Map<String, Long> more = new TreeMap<>();
    fallbacks.forEach(
        (name, count) -> {
          long added = count - earlier.fallbacks.getOrDefault(name, 0L);
          if (added > 0) {
            more.put(name, added);
          }
        });
    return new LazyCounters(compiled - earlier.compiled, reused - earlier.reused, more);
  }

  /** Calls of all operations that the device lacks. */
  public long allFallbacks() {
    return fallbacks.values().stream().mapToLong(Long::longValue).sum();
  }
}
