package io.levin.checkpoint.torch;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Saves one checkpoint after the other under one name, until it is killed. */
public final class SaveForever {
  static final int ELEMENTS = 1 << 18;

  private SaveForever() {}

  public static void main(String[] arguments) {
    Path path = Path.of(arguments[0]);
    TorchCheckpointIO io = new TorchCheckpointIO();
    for (int count = 0; ; count++) {
      byte[] bytes = new byte[ELEMENTS];
      Arrays.fill(bytes, (byte) count);
      Tensor tensor = Tensor.of(DType.UINT8, new long[] {ELEMENTS}, Bytes.of(bytes));
      io.save(Checkpoint.of(Map.of("count", count, "tensor", tensor)), path);
      System.out.println(count);
    }
  }
}
