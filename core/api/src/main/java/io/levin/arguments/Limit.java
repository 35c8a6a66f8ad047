package io.levin.arguments;

/**
 * How many batches: a count, or a share of what there is. {@code 10} means ten batches, {@code 0.5}
 * half of them, {@code 1.0} all, {@code 0} none.
 */
public record Limit(double value, boolean isShare) {
  /** Everything. */
  public static final Limit ALL = new Limit(1.0, true);

  public Limit {
    if (value < 0 || (isShare && value > 1) || (!isShare && value != Math.rint(value))) {
      throw new IllegalArgumentException(
          "expected a count of batches (10) or a share between 0.0 and 1.0");
    }
  }

  public static Limit count(int batches) {
    return new Limit(batches, false);
  }

  public static Limit share(double share) {
    return new Limit(share, true);
  }

  /** Whole numbers are counts, numbers with a point are shares; as in {@code 1} and {@code 1.0}. */
  public static Limit read(Object raw) {
    boolean share =
        raw instanceof Double
            || raw instanceof Float
            || (raw instanceof String t && t.contains("."));
    return new Limit(Values.decimal(raw), share);
  }

  /** The number of batches out of {@code available}; a share is rounded down. */
  public long of(long available) {
    return isShare ? (long) (available * value) : Math.min(available, (long) value);
  }

  @Override
  public String toString() {
    return isShare ? Double.toString(value) : Long.toString((long) value);
  }
}
