package io.levin.it.osgi.kept;

import io.levin.precision.PrecisionPlugin;

/** Needs, at its very end, a class that it did not need before. */
final class KeptPrecisionPlugin extends PrecisionPlugin {

  /** Loaded only then, from a jar that may have gone. */
  static final class LastWords {
    private LastWords() {}

    static void say() {
      System.err.println("its last class was there");
    }
  }

  @Override
  public void teardown() {
    super.teardown();
    LastWords.say();
  }
}
