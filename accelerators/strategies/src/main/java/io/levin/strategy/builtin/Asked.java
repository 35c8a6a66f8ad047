package io.levin.strategy.builtin;

import io.levin.arguments.PluginReference;
import io.levin.plan.Family;
import io.levin.plan.Request;

/** What the user asked of the strategies. */
final class Asked {
  private Asked() {}

  /** The strategy asked for, by name or word; an empty text when it is left to us. */
  static String other(Request request) {
    return request
        .named(Family.STRATEGY)
        .map(PluginReference::name)
        .or(() -> request.word(Family.STRATEGY))
        .orElse("");
  }

  static boolean forAnother(Request request) {
    return !other(request).isEmpty();
  }
}
