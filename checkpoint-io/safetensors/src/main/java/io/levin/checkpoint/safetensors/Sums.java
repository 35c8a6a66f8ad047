package io.levin.checkpoint.safetensors;

import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * The CRC-32C of a file and of each tensor in it. Large pieces are summed by a second thread while
 * the first one writes them.
 */
final class Sums implements AutoCloseable {
  private static final int LARGE = 1 << 20;

  private final CRC32C all = new CRC32C();
  private CRC32C tensor;
  private ExecutorService helper;
  private Future<?> last;

  /** The sum of some bytes alone; they are not consumed. */
  int of(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes.duplicate());
    return (int) sum.getValue();
  }

  /** Begins another tensor; the sum is right once {@link #total} was asked for. */
  CRC32C begin() {
    tensor = new CRC32C();
    return tensor;
  }

  /**
   * @param stays whether the bytes stay as they are, so that they can be summed later
   */
  void add(ByteBuffer bytes, boolean stays) {
    if (stays && bytes.remaining() >= LARGE) {
      CRC32C ofTensor = tensor;
      last = helper().submit(() -> update(ofTensor, bytes));
    } else {
      await();
      update(tensor, bytes);
    }
  }

  private void update(CRC32C ofTensor, ByteBuffer bytes) {
    all.update(bytes.duplicate());
    if (ofTensor != null) {
      ofTensor.update(bytes.duplicate());
    }
  }

  /** The sum of everything. */
  int total() {
    await();
    return (int) all.getValue();
  }

  /** One thread sums in order: when its last piece is done, all are. */
  private void await() {
    if (last == null) {
      return;
    }
    try {
      last.get();
      last = null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a checksum failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a checkpoint was written", e);
    }
  }

  private ExecutorService helper() {
    if (helper == null) {
      helper =
          Executors.newSingleThreadExecutor(
              work -> {
                Thread thread = new Thread(work, "levin-checksums");
                thread.setDaemon(true);
                return thread;
              });
    }
    return helper;
  }

  @Override
  public void close() {
    if (helper != null) {
      helper.shutdownNow();
      awaitEnd();
    }
  }

  /** Whoever owns the bytes may free them next: nobody reads them then. */
  private void awaitEnd() {
    boolean isInterrupted = false;
    boolean hasEnded = false;
    while (!hasEnded) {
      try {
        hasEnded = helper.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
