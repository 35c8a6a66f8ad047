package io.levin.checkpoint.s3;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.nio.ByteBuffer;
import java.util.Map;

/** Writes one that is larger than this process's memory, and says when it has. */
public final class SaveUntilKilled {
  private static final int CHUNK = 4 << 20;

  private SaveUntilKilled() {}

  /** Bytes that are always the same few. */
  private record Repeated(ByteBuffer chunk, long size) implements Bytes {
    @Override
    public void read(long offset, ByteBuffer into) {
      into.put(view(offset, into.remaining()));
    }

    @Override
    public ByteBuffer view(long offset, int length) {
      return chunk.slice(0, length);
    }
  }

  /**
   * @param args the endpoint, the address, and how many MiB
   */
  public static void main(String[] args) {
    long size = Long.parseLong(args[2]) << 20;
    Bytes bytes = new Repeated(ByteBuffer.allocateDirect(CHUNK), size);
    Tensor tensor = Tensor.of(DType.UINT8, new long[] {size}, bytes);
    new TorchCheckpointIO()
        .save(
            Checkpoint.of(Map.of("epoch", 2L, "large", tensor)),
            new TestSettings(args[0]).storage().path(args[1]));
    System.out.println("saved");
  }
}
