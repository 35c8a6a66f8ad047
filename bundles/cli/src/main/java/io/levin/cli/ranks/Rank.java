package io.levin.cli.ranks;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one process says of itself, and how its clock stands to that of rank 0.
 *
 * @param facts by name; those in which ranks should not differ, and those in which they may
 * @param ahead milliseconds by which its clock is ahead of rank 0's
 * @param uncertain half the time that asking for the clock took, in milliseconds
 */
public record Rank(int number, Map<String, String> facts, double ahead, double uncertain) {
  public Rank {
    facts = new TreeMap<>(facts);
  }

  /** The process that asks, by whose clock the others are judged. */
  static Rank zero(Map<String, String> facts) {
    return new Rank(0, facts, 0, 0);
  }

  /** Whether its clock is surely off by more. */
  boolean isOff(double millis) {
    return Math.abs(ahead) - uncertain > millis;
  }
}
