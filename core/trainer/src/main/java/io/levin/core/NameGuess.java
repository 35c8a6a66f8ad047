package io.levin.core;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Guesses which block of a file is which block here, by their order and the shapes in them. */
final class NameGuess {
  private NameGuess() {}

  /**
   * Rules for {@code --state-dict-names} under which a file's arrays would fit.
   *
   * @param there names and shapes in the file, in its order
   * @param here names and shapes of the model
   */
  static Optional<String> rules(Map<String, Shape> there, Map<String, Shape> here) {
    Map<String, List<Shape>> mine = blocks(here);
    Iterator<Map.Entry<String, List<Shape>>> theirs = blocks(there).entrySet().iterator();
    List<String> rules = new ArrayList<>();
    for (Map.Entry<String, List<Shape>> block : mine.entrySet()) {
      boolean isFound = false;
      while (!isFound && theirs.hasNext()) {
        Map.Entry<String, List<Shape>> candidate = theirs.next();
        isFound = candidate.getValue().equals(block.getValue());
        rules.add(candidate.getKey() + "=" + (isFound ? block.getKey() : ""));
      }
      if (!isFound) {
        return Optional.empty();
      }
    }
    theirs.forEachRemaining(block -> rules.add(block.getKey() + "="));
    return rules.isEmpty() ? Optional.empty() : Optional.of(String.join(",", rules));
  }

  private static Map<String, List<Shape>> blocks(Map<String, Shape> arrays) {
    Map<String, List<Shape>> blocks = new LinkedHashMap<>();
    arrays.forEach(
        (name, shape) -> {
          if (!StateDictNames.isCounter(name)) {
            String block = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
            blocks.computeIfAbsent(block, key -> new ArrayList<>()).add(shape);
          }
        });
    return blocks;
  }
}
