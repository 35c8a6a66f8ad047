package io.levin.examples.classify;

import static java.util.stream.Collectors.partitioningBy;

import io.levin.LevinException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Nine tenths to learn from and one held out, by each sample's text: the same in every run, and
 * equal samples never on both sides.
 */
public record Split<T>(List<T> train, List<T> heldOut) {
  private static final int PARTS = 10;

  /**
   * @param text what a sample is told apart by
   * @param what samples' name, for the error when there are too few
   */
  public static <T> Split<T> of(List<T> samples, Function<T, String> text, String what) {
    Map<Boolean, List<T>> parts =
        samples.stream().collect(partitioningBy(sample -> isHeldOut(text.apply(sample))));
    if (parts.get(true).isEmpty() || parts.get(false).isEmpty()) {
      throw LevinException.user(
          "%d %s are too few to learn from some and be tested on others."
              .formatted(samples.size(), what),
          "Give more data: some hundreds at least.");
    }
    return new Split<>(parts.get(false), parts.get(true));
  }

  private static boolean isHeldOut(String text) {
    return Math.floorMod(mixed(text), PARTS) == 0;
  }

  /** A text's hash, of which every bit depends on all of the text: MurmurHash3's last step. */
  public static int mixed(String text) {
    int hash = text.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }
}
