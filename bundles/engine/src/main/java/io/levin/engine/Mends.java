package io.levin.engine;

import ai.djl.pytorch.engine.PtNDArray;
import java.security.CodeSource;
import java.util.Arrays;

/** Whether the classes of DJL that are loaded are the mended ones. */
public final class Mends {
  private Mends() {}

  /** Why the mends are without effect; empty when they are not. */
  public static String missing() {
    // The mends give this class a method that it otherwise inherits.
    boolean isMended =
        Arrays.stream(PtNDArray.class.getDeclaredMethods())
            .anyMatch(method -> method.getName().equals("toFloatArray"));
    if (isMended) {
      return "";
    }
    CodeSource source = PtNDArray.class.getProtectionDomain().getCodeSource();
    return "DJL's classes come from %s and not from levin-engine"
        .formatted(source == null ? "elsewhere" : source.getLocation());
  }
}
