package io.levin.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether libtorch loads here. Looking loads it.
 *
 * @param loaded whether it did
 */
record Engine(boolean loaded, Map<String, String> facts) {

  static Engine load() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("DJL", ai.djl.engine.Engine.getDjlVersion());
    try {
      ai.djl.engine.Engine engine = ai.djl.engine.Engine.getInstance();
      facts.put(engine.getEngineName(), engine.getVersion());
      facts.put("GPUs", Integer.toString(engine.getGpuCount()));
      return new Engine(true, facts);
    } catch (RuntimeException | LinkageError e) {
      facts.put("libtorch", "does not load: " + root(e));
      return new Engine(false, facts);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }
}
