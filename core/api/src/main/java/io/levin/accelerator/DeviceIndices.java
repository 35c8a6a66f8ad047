package io.levin.accelerator;

import io.levin.arguments.Devices;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/** Ways in which accelerators commonly read {@code devices}. */
public final class DeviceIndices {
  private DeviceIndices() {}

  /** {@code 0 … count - 1}. */
  public static List<Integer> first(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /**
   * A count of devices that exist; {@code -1} means all of them.
   *
   * @throws IllegalArgumentException saying what is taken
   */
  public static List<Integer> counted(Devices devices, int there) {
    int count = devices.count().orElse(0);
    if (count == -1) {
      return first(there);
    }
    if (count < 1 || count > there) {
      throw new IllegalArgumentException(
          there == 1 ? "a count of 1, there is no more" : "a count from 1 to " + there);
    }
    return first(count);
  }

  /**
   * A count as {@link #counted}, or indices of devices that exist.
   *
   * @throws IllegalArgumentException saying what is taken
   */
  public static List<Integer> countedOrListed(Devices devices, int there) {
    if (devices.indices().isEmpty()) {
      return counted(devices, there);
    }
    List<Integer> indices = devices.indices().get();
    if (new LinkedHashSet<>(indices).size() < indices.size()) {
      throw new IllegalArgumentException("every index once");
    }
    if (indices.stream().anyMatch(index -> index >= there)) {
      throw new IllegalArgumentException(
          there == 1 ? "index 0 only" : "indices from 0 to " + (there - 1));
    }
    return indices;
  }
}
