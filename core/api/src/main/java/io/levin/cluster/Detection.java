package io.levin.cluster;

import static java.util.Objects.requireNonNull;

import io.levin.plan.Surroundings;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a process was started by a launcher, as far as its surroundings tell.
 *
 * @param why one clause: what gives the launcher away, or what it would have left behind
 */
public record Detection(boolean found, String why) {
  public Detection {
    requireNonNull(why, "why");
  }

  public static Detection found(String why) {
    return new Detection(true, why);
  }

  public static Detection absent(String why) {
    return new Detection(false, why);
  }

  /** Found when all of these variables are there, whatever their values. */
  public static Detection byVariables(Surroundings surroundings, String... names) {
    List<String> lacking =
        Arrays.stream(names).filter(n -> !surroundings.environment().containsKey(n)).toList();
    return lacking.isEmpty()
        ? found(String.join(", ", names) + (names.length == 1 ? " is set" : " are set"))
        : absent(String.join(", ", lacking) + (lacking.size() == 1 ? " is" : " are") + " not set");
  }
}
