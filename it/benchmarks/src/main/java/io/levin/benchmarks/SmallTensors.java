package io.levin.benchmarks;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/** 100,000 small tensors against one of the same bytes, in pairs. */
final class SmallTensors {
  private static final int COUNT = 100_000;
  private static final int ROUNDS = 7;

  private SmallTensors() {}

  /**
   * @param memory of as many parts as there are large tensors
   */
  static void compare(CheckpointIO io, ByteBuffer[] memory, Path folder) {
    OrderedDict large = new OrderedDict();
    OrderedDict small = new OrderedDict();
    int each = COUNT / memory.length;
    for (int part = 0; part < memory.length; part++) {
      int size = memory[part].limit() / each / 4 * 4;
      int all = size * each;
      large.put("w" + part, tensor(memory[part].slice(0, all)));
      for (int i = 0; i < each; i++) {
        small.put("w%d.%d".formatted(part, i), tensor(memory[part].slice(i * size, size)));
      }
    }
    Path one = folder.resolve("one" + io.suffix());
    Path many = folder.resolve("many" + io.suffix());
    double[] ratios = new double[ROUNDS];
    for (int round = -2; round < ROUNDS; round++) {
      double few = seconds(io, large, one);
      double all = seconds(io, small, many);
      System.out.printf("large tensors %.2f s, small ones %.2f s%n", few, all);
      if (round >= 0) {
        ratios[round] = all / few;
      }
    }
    System.out.printf("median: %.2f times as long%n", TinyStep.median(ratios));
    io.remove(one);
    io.remove(many);
  }

  private static Tensor tensor(ByteBuffer bytes) {
    return Tensor.of(DType.FLOAT32, new long[] {bytes.limit() / 4}, Bytes.of(bytes));
  }

  private static double seconds(CheckpointIO io, OrderedDict weights, Path path) {
    long start = System.nanoTime();
    io.save(Checkpoint.of(Map.of("state_dict", weights)), path);
    return (System.nanoTime() - start) / 1e9;
  }
}
