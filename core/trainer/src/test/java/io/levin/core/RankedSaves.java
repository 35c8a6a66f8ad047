package io.levin.core;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorShard;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.cluster.gloo.GlooProcessGroups;
import io.levin.collective.CollectiveException;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Rendezvous;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * One rank that saves a checkpoint again and again in the same place, as a program: rank, port,
 * place. Whatever is in one save has the number of that save.
 */
public final class RankedSaves {
  private static final int ROWS = 64;
  private static final int WIDTH = 512;

  private RankedSaves() {}

  public static void main(String[] given) {
    int rank = Integer.parseInt(given[0]);
    Rendezvous where =
        Rendezvous.of("127.0.0.1", Integer.parseInt(given[1]), rank, 2)
            .within(Duration.ofSeconds(60));
    try (ProcessGroup group = new GlooProcessGroups().join(where)) {
      SafetensorsCheckpointIO io = new SafetensorsCheckpointIO();
      for (long number = 1; number < 1_000_000; number++) {
        io.save(Checkpoint.of(tree(rank, number)), Path.of(given[2]), group);
        System.out.println("saved " + number);
      }
    } catch (CollectiveException e) {
      System.out.println("the other is gone: " + e.getMessage());
    }
  }

  private static Map<String, Object> tree(int rank, long number) {
    Tensor rows = filled(number, ROWS / 2, WIDTH);
    TensorShard shard = new TensorShard(rows, new long[] {ROWS, WIDTH}, (long) rank * ROWS / 2);
    return Map.of("state_dict", Map.of("weight", shard), "whole", filled(number, 3), "n", number);
  }

  private static Tensor filled(long number, long... shape) {
    int elements = (int) java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact);
    ByteBuffer bytes = ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      bytes.putFloat(4 * i, number);
    }
    return Tensor.of(DType.FLOAT32, shape, Bytes.of(bytes));
  }
}
