package io.levin.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Devices that a request is about: those of this machine, found by the accelerators themselves, or
 * those of a machine described in words ({@code gpu=4}).
 */
public final class Hardware {
  private static final Hardware HERE = new Hardware(null);

  private static final Pattern PART = Pattern.compile("([a-z][a-z0-9-]*)(?:=([0-9]{1,4}))?");

  private final Map<String, Integer> declared;

  private Hardware(Map<String, Integer> declared) {
    this.declared = declared;
  }

  /** This machine: accelerators look for themselves. */
  public static Hardware here() {
    return HERE;
  }

  /**
   * A described machine: counts by kind ({@code gpu}, {@code tpu}, …); a kind not named has none.
   */
  public static Hardware of(Map<String, Integer> counts) {
    return new Hardware(Map.copyOf(counts));
  }

  /**
   * Reads {@code gpu=4}, {@code cpu}, {@code tpu} for one, or several with commas. The CPU is
   * always there and never counted.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static Hardware parse(String text) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException("expected cpu, or a kind and a number such as gpu=4");
      }
      String count = matcher.group(2);
      if (!matcher.group(1).equals("cpu")) {
        counts.put(matcher.group(1), count == null ? 1 : Integer.parseInt(count));
      }
    }
    return of(counts);
  }

  /** How many devices of a kind were declared; empty when the accelerator must look for itself. */
  public OptionalInt declared(String kind) {
    return declared == null ? OptionalInt.empty() : OptionalInt.of(declared.getOrDefault(kind, 0));
  }

  @Override
  public String toString() {
    return declared == null ? "this machine" : declared.toString();
  }
}
