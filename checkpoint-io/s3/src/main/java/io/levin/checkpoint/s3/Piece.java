package io.levin.checkpoint.s3;

import io.levin.LevinException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Several requests that are on their way. */
final class Piece {
  private Piece() {}

  /**
   * Waits for all, also where one fails: they write where others will.
   *
   * @throws LevinException the first failure
   */
  static <T> List<T> awaitAll(List<Future<T>> pieces) {
    List<T> results = new ArrayList<>();
    LevinException failure = null;
    for (Future<T> piece : pieces) {
      try {
        results.add(await(piece));
      } catch (LevinException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  private static <T> T await(Future<T> piece) {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return piece.get();
        } catch (InterruptedException e) {
          isInterrupted = true; // the request is at its own end soon
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LevinException known) {
        throw known;
      }
      throw LevinException.internal("A request to the store failed", e.getCause());
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
