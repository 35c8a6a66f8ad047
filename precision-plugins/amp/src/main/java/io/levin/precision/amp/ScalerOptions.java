package io.levin.precision.amp;

import java.util.List;
import java.util.Map;

/**
 * How a gradient scaler starts and moves.
 *
 * @param growthInterval good steps in a row before the scale grows
 */
public record ScalerOptions(
    double initScale, double growthFactor, double backoffFactor, int growthInterval) {
  /** PyTorch's own. */
  public static final ScalerOptions DEFAULT = new ScalerOptions(65536, 2, 0.5, 2000);

  /** The names by which {@link #read} knows them: PyTorch's. */
  static final List<String> NAMES =
      List.of("init_scale", "growth_factor", "backoff_factor", "growth_interval");

  public ScalerOptions {
    demand(initScale > 0 && Float.isFinite((float) initScale), "init_scale", "above 0", initScale);
    demand(
        growthFactor > 1 && Double.isFinite(growthFactor),
        "growth_factor",
        "above 1",
        growthFactor);
    demand(
        backoffFactor > 0 && backoffFactor < 1, "backoff_factor", "between 0 and 1", backoffFactor);
    demand(growthInterval >= 1, "growth_interval", "at least 1", growthInterval);
  }

  /**
   * Reads the options of a plugin that was named; what is not given is PyTorch's.
   *
   * @throws IllegalArgumentException when a value is wrong
   */
  static ScalerOptions read(Map<String, String> given) {
    return new ScalerOptions(
        number(given, "init_scale", DEFAULT.initScale),
        number(given, "growth_factor", DEFAULT.growthFactor),
        number(given, "backoff_factor", DEFAULT.backoffFactor),
        whole(given, "growth_interval", DEFAULT.growthInterval));
  }

  private static double number(Map<String, String> given, String name, double otherwise) {
    String text = given.get(name);
    try {
      return text == null ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s must be a number, not '%s'".formatted(name, text), e);
    }
  }

  private static int whole(Map<String, String> given, String name, int otherwise) {
    double number = number(given, name, otherwise);
    demand(number == Math.rint(number) && number <= Integer.MAX_VALUE, name, "whole", number);
    return (int) number;
  }

  private static void demand(boolean holds, String name, String what, double value) {
    if (!holds) {
      throw new IllegalArgumentException("%s must be %s, but is %s".formatted(name, what, value));
    }
  }
}
