package io.levin.checkpoint.safetensors;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Saves one checkpoint after the other under one name, and every third under a new one in place of
 * the third before, until it is killed.
 */
public final class SaveForever {
  static final int ELEMENTS = 1 << 18;

  private SaveForever() {}

  public static void main(String[] arguments) {
    Path path = Path.of(arguments[0]);
    SafetensorsCheckpointIO io = new SafetensorsCheckpointIO();
    for (int count = 0; ; count++) {
      byte[] bytes = new byte[ELEMENTS];
      Arrays.fill(bytes, (byte) count);
      Tensor tensor = Tensor.of(DType.UINT8, new long[] {ELEMENTS}, Bytes.of(bytes));
      Checkpoint checkpoint = Checkpoint.of(Map.of("count", count, "tensor", tensor));
      io.save(checkpoint, path);
      if (count % 3 == 0) {
        io.remove(path.resolveSibling("other-" + count % 2));
        io.save(checkpoint, path.resolveSibling("other-" + count % 2));
      }
      System.out.println(count);
    }
  }
}
