package io.levin.checkpoint.async;

import io.levin.LevinException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Does one thing after the other, on one thread that lives as long as there is something to do. It
 * keeps the process alive until then. After a failure the rest is left undone.
 */
final class Lane implements AutoCloseable {
  private final ThreadPoolExecutor thread;
  private volatile Throwable failure;
  private boolean isTold;

  Lane() {
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> new Thread(work, "levin-checkpoints"));
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * @param done follows the work, whether or not it was done
   * @throws LevinException for something before it that failed; it is not added then
   */
  void add(Runnable work, Runnable done) {
    try {
      check();
    } catch (RuntimeException e) {
      done.run();
      throw e;
    }
    thread.execute(
        () -> {
          try {
            if (failure == null) {
              work.run();
            }
          } catch (RuntimeException | Error e) {
            failure = e;
          } finally {
            done.run();
          }
        });
  }

  /**
   * @throws LevinException for what failed, each time anew
   */
  void check() {
    if (failure != null) {
      isTold = true;
      throw told(failure);
    }
  }

  private static LevinException told(Throwable failure) {
    return failure instanceof LevinException known
        ? new LevinException(known.kind(), known.getMessage(), known.hint(), known)
        : LevinException.internal("A checkpoint could not be kept: " + failure, failure);
  }

  /** Waits until everything so far is done, or left undone. */
  void await() {
    CountDownLatch reached = new CountDownLatch(1);
    thread.execute(reached::countDown);
    try {
      reached.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LevinException.resource(
          "Interrupted while checkpoints were still being written.",
          "Wait for the run to end by itself; the checkpoints before are unharmed.",
          e);
    }
  }

  /** Waits for everything; throws a failure that nobody has been told of yet. */
  @Override
  public void close() {
    boolean wasTold = isTold;
    thread.shutdown();
    boolean isInterrupted = false;
    boolean hasEnded = false;
    while (!hasEnded) {
      try {
        hasEnded = thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        isInterrupted = true; // nothing is lost for it
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    if (!wasTold) {
      check();
    }
  }
}
