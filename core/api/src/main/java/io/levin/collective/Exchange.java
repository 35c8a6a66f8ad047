package io.levin.collective;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Words, numbers and decisions that the ranks of a group tell each other, by the group's own
 * operations. Every rank must make the same calls; in a group of one they cost nothing.
 */
public final class Exchange {
  /** Messages come in few sizes, as the first of each kind is agreed on by all ranks. */
  private static final int SMALLEST = 256;

  private Exchange() {}

  /**
   * One rank's text, on every rank.
   *
   * @param text what the source rank says; what others give is not used
   */
  public static String broadcast(ProcessGroup group, String text, int source) {
    if (group.size() == 1) {
      return text;
    }
    byte[] own = group.rank() == source ? text.getBytes(UTF_8) : new byte[0];
    try (NDManager manager = cpu()) {
      NDArray length = manager.create(new int[] {own.length});
      group.broadcast(length, source);
      int size = length.toIntArray()[0];
      NDArray bytes = bytes(manager, own, size);
      group.broadcast(bytes, source);
      return new String(bytes.toByteArray(), 0, size, UTF_8);
    }
  }

  /** What every rank gives, in the order of the ranks; lengths may differ. */
  public static List<byte[]> gather(ProcessGroup group, byte[] own) {
    if (group.size() == 1) {
      return List.of(own);
    }
    try (NDManager manager = cpu()) {
      int[] lengths = group.allGather(manager.create(new int[] {own.length})).toIntArray();
      int longest = 0;
      for (int length : lengths) {
        longest = Math.max(longest, length);
      }
      NDArray padded = bytes(manager, own, longest);
      int row = (int) padded.size();
      byte[] all = group.allGather(padded).toByteArray();
      List<byte[]> given = new ArrayList<>(lengths.length);
      for (int rank = 0; rank < lengths.length; rank++) {
        int from = rank * row;
        given.add(java.util.Arrays.copyOfRange(all, from, from + lengths[rank]));
      }
      return given;
    }
  }

  /** The texts of all ranks, in their order. */
  public static List<String> gather(ProcessGroup group, String own) {
    return gather(group, own.getBytes(UTF_8)).stream()
        .map(bytes -> new String(bytes, UTF_8))
        .toList();
  }

  /** The mean over all ranks. */
  public static double mean(ProcessGroup group, double value) {
    return reduce(group, Reduction.MEAN, value)[0];
  }

  /** The largest over all ranks. */
  public static double max(ProcessGroup group, double value) {
    return reduce(group, Reduction.MAX, value)[0];
  }

  /** Whether any rank says so. */
  public static boolean any(ProcessGroup group, boolean here) {
    return max(group, here ? 1 : 0) > 0;
  }

  /** The value of one rank, bit for bit, on every rank. */
  public static double broadcast(ProcessGroup group, double value, int source) {
    if (group.size() == 1) {
      return value;
    }
    try (NDManager manager = cpu()) {
      NDArray number = manager.create(new double[] {value});
      group.broadcast(number, source);
      return number.toDoubleArray()[0];
    }
  }

  /** Each value reduced over all ranks, all in one message. */
  public static double[] reduce(ProcessGroup group, Reduction reduction, double... values) {
    if (group.size() == 1) {
      return values;
    }
    try (NDManager manager = cpu()) {
      NDArray numbers = manager.create(values);
      group.allReduce(numbers, reduction);
      return numbers.toDoubleArray();
    }
  }

  private static NDManager cpu() {
    return NDManager.newBaseManager(Device.cpu());
  }

  private static NDArray bytes(NDManager manager, byte[] own, int length) {
    int size = SMALLEST;
    while (size < length) {
      size *= 2;
    }
    ByteBuffer buffer = ByteBuffer.allocateDirect(size);
    buffer.put(own).rewind();
    return manager.create(buffer, new Shape(size), DataType.INT8);
  }
}
