package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.levin.LevinException;
import io.levin.checkpoint.Tensor;
import io.levin.optim.NamedArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The weights of a file, on their way into a network. */
final class SavedWeights {
  /** Names in one message. */
  private static final int MOST_NAMES = 6;

  private SavedWeights() {}

  /**
   * Copies weights into the live parameters; names, by the network's rules, and shapes must be the
   * same.
   */
  static void into(Network network, Map<String, Object> tree, String source) {
    Map<String, Object> weights = Plain.map(tree, "state_dict");
    if (weights.isEmpty()) {
      throw LevinException.user(
          "%s holds no 'state_dict'. It holds: %s.".formatted(source, tree.keySet()),
          "Give a checkpoint that a Trainer has written.");
    }
    StateDictNames names = network.names();
    List<String> missing = new ArrayList<>();
    List<String> misshaped = new ArrayList<>();
    Set<String> unexpected = new LinkedHashSet<>(weights.keySet());
    unexpected.removeIf(names::isElsewhere);
    for (NamedArray named : network.state()) {
      String name = names.inFile(named.name());
      unexpected.remove(name);
      Shape shape = shape(weights.get(name));
      String both = name.equals(named.name()) ? name : "%s (%s)".formatted(name, named.name());
      if (shape == null) {
        missing.add(both);
      } else if (!shape.equals(named.array().getShape())) {
        misshaped.add("%s is %s, here %s".formatted(both, shape, named.array().getShape()));
      }
    }
    if (!missing.isEmpty() || !unexpected.isEmpty() || !misshaped.isEmpty()) {
      throw LevinException.user(
          "The weights of %s do not fit this model.%s%s%s"
              .formatted(
                  source,
                  said(" Missing key(s): ", missing),
                  said(" Unexpected key(s): ", List.copyOf(unexpected)),
                  said(" Other shapes: ", misshaped)),
          guess(weights, network)
              .map(rules -> "By order and shape they would, with --state-dict-names " + rules + ".")
              .orElse("Give the model the arguments it was trained with, or another checkpoint."));
    }
    for (NamedArray named : network.state()) {
      Object value = weights.get(names.inFile(named.name()));
      if (value instanceof Tensor tensor) {
        Tensors.readInto(tensor, named.array());
      } else {
        Arrays.copyInto((NDArray) value, named.array());
      }
    }
    weights.forEach(
        (name, value) -> {
          if (names.isElsewhere(name)) {
            network.passengers().take(name, value);
          }
        });
  }

  private static Optional<String> guess(Map<String, Object> weights, Network network) {
    Map<String, Shape> there = new LinkedHashMap<>();
    weights.forEach(
        (name, value) -> {
          if (shape(value) != null) {
            there.put(name, shape(value));
          }
        });
    Map<String, Shape> here = new LinkedHashMap<>();
    network.state().forEach(named -> here.put(named.name(), named.array().getShape()));
    return NameGuess.rules(there, here);
  }

  /** Of what the file holds, or a user's hook has put in its place; null for neither. */
  private static Shape shape(Object value) {
    if (value instanceof Tensor tensor) {
      return new Shape(tensor.shape());
    }
    return value instanceof NDArray array ? array.getShape() : null;
  }

  private static String said(String label, List<String> names) {
    int shown = Math.min(names.size(), MOST_NAMES);
    String more = names.size() > shown ? " and %d more".formatted(names.size() - shown) : "";
    return names.isEmpty() ? "" : label + String.join(", ", names.subList(0, shown)) + more + ".";
  }
}
