package io.levin.checkpoint.async;

import io.levin.LevinException;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Copies everything of a checkpoint that can change, its tensors onto other bytes. */
final class TreeCopy {
  private static final int DEEPEST = 500;

  private final UnaryOperator<Bytes> bytes;
  private final Map<Opaque, Opaque> opaques = new IdentityHashMap<>();
  private int depth;

  /**
   * @param bytes gives for those of a tensor the copy's, the same each time
   */
  TreeCopy(UnaryOperator<Bytes> bytes) {
    this.bytes = bytes;
  }

  Object copy(Object value) {
    if (++depth > DEEPEST) {
      throw LevinException.user(
          "The checkpoint's values are nested deeper than %d, or contain themselves."
              .formatted(DEEPEST),
          "Look at hyperParameters(), onSaveCheckpoint and the states of callbacks.");
    }
    Object copy = container(value);
    depth--;
    return copy;
  }

  private Object container(Object value) {
    if (value instanceof Tensor tensor) {
      return new Tensor(
          tensor.dtype(),
          tensor.shape(),
          tensor.stride(),
          tensor.offset(),
          bytes.apply(tensor.storage()),
          tensor.parameter());
    } else if (value instanceof OrderedDict dict) {
      OrderedDict copy = new OrderedDict();
      entries(dict, copy);
      entries(dict.attributes(), copy.attributes());
      return copy;
    } else if (value instanceof Map<?, ?> map) {
      return entries(map, new LinkedHashMap<>());
    } else if (value instanceof Tuple tuple) {
      return new Tuple(items(tuple.items()));
    } else if (value instanceof Set<?> set) {
      return new LinkedHashSet<>(items(set));
    } else if (value instanceof Collection<?> list) {
      return items(list);
    } else if (value instanceof byte[] array) {
      return array.clone();
    } else if (value instanceof Opaque opaque) {
      return opaque(opaque);
    }
    return value; // numbers and texts do not change
  }

  private Map<Object, Object> entries(Map<?, ?> map, Map<Object, Object> into) {
    map.forEach((key, entry) -> into.put(copy(key), copy(entry)));
    return into;
  }

  private List<Object> items(Collection<?> items) {
    List<Object> copy = new ArrayList<>(items.size());
    items.forEach(item -> copy.add(copy(item)));
    return copy;
  }

  private Opaque opaque(Opaque opaque) {
    Opaque known = opaques.get(opaque);
    if (known != null) {
      return known;
    }
    Opaque copy = new Opaque(opaque.module(), opaque.name(), opaque.made(), List.of());
    opaques.put(opaque, copy);
    copy.arguments().addAll(items(opaque.arguments()));
    copy.items().addAll(items(opaque.items()));
    entries(opaque.entries(), copy.entries());
    copy.state(copy(opaque.state()));
    return copy;
  }
}
