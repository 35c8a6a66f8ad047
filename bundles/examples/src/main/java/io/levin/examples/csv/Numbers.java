package io.levin.examples.csv;

import java.math.BigDecimal;
import java.util.Optional;

/** Cells as numbers. */
final class Numbers {
  private Numbers() {}

  /** The finite number that a cell is; none for {@code NaN}, {@code 0x10} or {@code 1f}. */
  static Optional<Double> of(String cell) {
    try {
      double number = new BigDecimal(cell.strip()).doubleValue();
      return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
