package io.levin.strategy.builtin;

import io.levin.MisconfigurationException;
import io.levin.arguments.PluginReference;
import io.levin.collective.Rendezvous;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Settings;
import java.time.Duration;

/** What users may say behind the name of a strategy with several processes. */
final class ProcessesOptions {
  static final String TIMEOUT = "timeout";

  private ProcessesOptions() {}

  /** The word that the strategy goes by in this run. */
  static String word(Creation creation) {
    return creation.plan().choice(Family.STRATEGY).setting(Settings.STRATEGY, String.class, "");
  }

  /** How long ranks wait for each other: as given in seconds, else PyTorch's half an hour. */
  static Duration timeout(Creation creation) {
    PluginReference named = creation.request().named(Family.STRATEGY).orElse(null);
    String text = named == null ? null : named.options().get(TIMEOUT);
    if (text == null) {
      return Rendezvous.TIMEOUT;
    }
    try {
      Duration timeout = Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
      if (timeout.toMillis() > 0) {
        return timeout;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // said below
    }
    throw new MisconfigurationException(
        "timeout of %s is '%s', but must be a number of seconds.".formatted(named.name(), text),
        "Give for example --plugins %s:timeout=600.".formatted(named.name()));
  }
}
