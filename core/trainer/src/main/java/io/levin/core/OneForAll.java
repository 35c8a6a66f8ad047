package io.levin.core;

import io.levin.LevinException;
import io.levin.checkpoint.Storages;
import io.levin.collective.CollectiveException;
import io.levin.collective.Exchange;
import io.levin.strategy.Strategy;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * What rank 0 does for all: files. The others wait for it and hear what came of it; if it failed,
 * it has failed on every rank.
 */
final class OneForAll {
  private static final String DONE = "+";
  private static final String FAILED = "-";

  private OneForAll() {}

  /** A path that rank 0 finds or makes; null where it found none. */
  static Path path(Strategy strategy, String what, Supplier<Path> work) {
    if (strategy.worldSize() == 1) {
      return work.get();
    }
    String found =
        text(
            strategy,
            what,
            () -> {
              Path path = work.get();
              return path == null ? "" : path.toString();
            });
    return found.isEmpty() ? null : Storages.path(found);
  }

  static void run(Strategy strategy, String what, Runnable work) {
    text(
        strategy,
        what,
        () -> {
          work.run();
          return "";
        });
  }

  static boolean decide(Strategy strategy, String what, Supplier<Boolean> work) {
    return Boolean.parseBoolean(text(strategy, what, () -> String.valueOf(work.get())));
  }

  /**
   * @param what is done, to be named where it fails
   */
  static String text(Strategy strategy, String what, Supplier<String> work) {
    if (strategy.worldSize() == 1) {
      return work.get();
    }
    String said = "";
    RuntimeException failure = null;
    if (strategy.isGlobalZero()) {
      try {
        said = DONE + work.get();
      } catch (RuntimeException e) {
        failure = e;
        said = FAILED + e.getMessage();
      }
    }
    String heard = Exchange.broadcast(strategy.group(), said, 0);
    if (failure != null) {
      throw failure;
    }
    if (heard.startsWith(FAILED)) {
      throw new CollectiveException(
          LevinException.Kind.RESOURCE,
          strategy.globalRank(),
          what,
          List.of(0),
          false,
          "rank 0, which does this for all, failed: " + heard.substring(1),
          "Look at what rank 0 says.");
    }
    return heard.substring(1);
  }
}
