package io.levin.core;

import io.levin.collective.Exchange;
import io.levin.strategy.Strategy;
import java.util.LinkedHashMap;
import java.util.Map;

/** Metrics to decide by: rank 0's, bit for bit, as one of a step differs between ranks. */
final class AgreedMetrics {
  private AgreedMetrics() {}

  /** Every rank must call it. */
  static Map<String, Double> of(Map<String, Double> values, Strategy strategy) {
    if (strategy.worldSize() == 1 || values.isEmpty()) {
      return values;
    }
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) ->
            text.append(Double.toHexString(value)).append(' ').append(name).append('\n'));
    Map<String, Double> agreed = new LinkedHashMap<>();
    Exchange.broadcast(strategy.group(), text.toString(), 0)
        .lines()
        .forEach(
            line -> {
              int gap = line.indexOf(' ');
              agreed.put(line.substring(gap + 1), Double.valueOf(line.substring(0, gap)));
            });
    return agreed;
  }
}
