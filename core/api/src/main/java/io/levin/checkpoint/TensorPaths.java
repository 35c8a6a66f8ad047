package io.levin.checkpoint;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of a checkpoint by their path in it, the keys and indexes on the way joined by {@code
 * /}, for example {@code state_dict/net.0.weight}. What lies within opaque objects is left out, but
 * for namespaces.
 */
public final class TensorPaths {
  private final Map<String, Tensor> found = new LinkedHashMap<>();

  private TensorPaths() {}

  public static Map<String, Tensor> of(Object root) {
    TensorPaths paths = new TensorPaths();
    paths.visit("", root);
    return paths.found;
  }

  private void visit(String path, Object value) {
    if (value instanceof Tensor tensor) {
      found.put(path, tensor);
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, entry) -> visit(join(path, label(key)), entry));
    } else if (value instanceof Tuple tuple) {
      items(path, tuple.items());
    } else if (value instanceof Collection<?> list) {
      items(path, list);
    } else if (value instanceof Opaque opaque && opaque.state() instanceof Map<?, ?> state) {
      if (opaque.type().equals("argparse.Namespace")) {
        visit(path, state);
      }
    }
  }

  private void items(String path, Collection<?> items) {
    int index = 0;
    for (Object item : items) {
      visit(join(path, Integer.toString(index++)), item);
    }
  }

  /** A path one step further down. */
  public static String join(String path, String label) {
    return path.isEmpty() ? label : path + "/" + label;
  }

  /** What a key of a map is called in a path. */
  public static String label(Object key) {
    if (key instanceof Tuple tuple) {
      return tuple.items().stream()
          .map(TensorPaths::label)
          .collect(java.util.stream.Collectors.joining(", ", "(", ")"));
    }
    return key == null
        ? "None"
        : key instanceof Boolean truth ? (truth ? "True" : "False") : key.toString();
  }
}
