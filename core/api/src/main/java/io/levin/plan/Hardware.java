package io.levin.plan;

import java.util.Map;
import java.util.OptionalInt;

/**
 * Devices that a request is about: those of this machine, found by the accelerators themselves, or
 * those of a machine described in words ({@code gpu=4}).
 */
public final class Hardware {
  private static final Hardware HERE = new Hardware(null);

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

  /** How many devices of a kind were declared; empty when the accelerator must look for itself. */
  public OptionalInt declared(String kind) {
    return declared == null ? OptionalInt.empty() : OptionalInt.of(declared.getOrDefault(kind, 0));
  }

  @Override
  public String toString() {
    return declared == null ? "this machine" : declared.toString();
  }
}
