package io.levin.checkpoint.torch;

import io.levin.checkpoint.Bytes;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Sums of records. Those of large ones are taken by a second thread while the first one writes:
 * summing costs nearly as much as writing does.
 */
final class Checksums implements AutoCloseable {
  private static final long LARGE = 4 << 20;

  private ExecutorService helper;

  /** The CRC-32 of one record, given in chunks that stay as they are until {@link #value}. */
  interface Sum {
    void add(ByteBuffer chunk);

    int value();
  }

  Sum of(Bytes content) {
    return content.size() < LARGE ? new Here() : new Aside(helper());
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

  private static final class Here implements Sum {
    private final CRC32 sum = new CRC32();

    @Override
    public void add(ByteBuffer chunk) {
      sum.update(chunk);
    }

    @Override
    public int value() {
      return (int) sum.getValue();
    }
  }

  private static final class Aside implements Sum {
    private final ExecutorService helper;
    private final CRC32 sum = new CRC32();
    private Future<?> last;

    Aside(ExecutorService helper) {
      this.helper = helper;
    }

    @Override
    public void add(ByteBuffer chunk) {
      last = helper.submit(() -> sum.update(chunk));
    }

    @Override
    public int value() {
      try {
        last.get();
        return (int) sum.getValue();
      } catch (java.util.concurrent.ExecutionException e) {
        throw new IllegalStateException("a checksum failed", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a checkpoint was written", e);
      }
    }
  }
}
