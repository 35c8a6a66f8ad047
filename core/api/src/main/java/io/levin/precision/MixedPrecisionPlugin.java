package io.levin.precision;

/** The common base of plugins that compute in 16 bits and keep parameters in 32. */
public abstract class MixedPrecisionPlugin extends PrecisionPlugin {
  /** Who does it: {@code native} or {@code apex}. */
  public abstract String backend();
}
