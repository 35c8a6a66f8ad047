package io.levin.checkpoint.torch;

import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a pickle's opcodes make of values: containers filled, names called. */
final class Objects {
  private final Input input;
  private final PersistentIds persistent;
  private final Tuples tuples;

  Objects(Input input, PersistentIds persistent) {
    this.input = input;
    this.persistent = persistent;
    tuples = new Tuples(input);
  }

  Tuple tuple(List<Object> items) {
    return tuples.of(items);
  }

  Set<Object> set(List<Object> items) {
    Set<Object> set = new LinkedHashSet<>();
    add(items, set);
    return set;
  }

  @SuppressWarnings("unchecked") // only this reader's own containers are on the stack
  void append(List<Object> items, Object target) {
    if (target instanceof Opaque opaque) {
      opaque.items().addAll(items);
    } else if (target instanceof List<?> list) {
      ((List<Object>) list).addAll(items);
    } else {
      throw input.bad("%s cannot be appended to".formatted(kind(target)));
    }
  }

  @SuppressWarnings("unchecked")
  void add(List<Object> items, Object target) {
    if (!(target instanceof Set<?> set)) {
      throw input.bad("%s is not a set".formatted(kind(target)));
    }
    items.forEach(item -> ((Set<Object>) set).add(key(item)));
  }

  @SuppressWarnings("unchecked")
  void put(List<Object> items, Object target) {
    if (items.size() % 2 != 0) {
      throw input.bad("a key without its value");
    }
    Map<Object, Object> map;
    if (target instanceof Opaque opaque) {
      map = opaque.entries();
    } else if (target instanceof Map<?, ?> plain) {
      map = (Map<Object, Object>) plain;
    } else {
      throw input.bad("%s has no keys".formatted(kind(target)));
    }
    for (int i = 0; i < items.size(); i += 2) {
      map.put(key(items.get(i)), items.get(i + 1));
    }
  }

  private Object key(Object value) {
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      throw input.bad("%s cannot be a key".formatted(kind(value)));
    }
    if (value instanceof Tuple tuple) {
      tuples.checkKey(tuple);
    }
    return value;
  }

  Object global(Object module, Object name) {
    if (!(module instanceof String in) || !(name instanceof String named)) {
      throw input.bad("a name is not a text");
    }
    if (Forbidden.names(in, named)) {
      throw input.bad(
          "it names '%s.%s', which Python would run; the file is refused".formatted(in, named));
    }
    return new Opaque(in, named, Opaque.Made.NAME, List.of());
  }

  Object persistent(Object id) {
    if (!(id instanceof Tuple tuple)) {
      throw input.bad("a persistent id is not a tuple");
    }
    return said(() -> persistent.storage(tuple));
  }

  Object call(Object callee, Object arguments) {
    Opaque name = name(callee);
    List<Object> given = tuple(arguments).items();
    return said(
        () ->
            KnownCalls.call(name, given)
                .orElseGet(() -> new Opaque(name.module(), name.name(), Opaque.Made.CALL, given)));
  }

  Object make(Object type, Object arguments) {
    Opaque name = name(type);
    List<Object> given = tuple(arguments).items();
    return said(
        () ->
            KnownCalls.call(name, given)
                .orElseGet(() -> new Opaque(name.module(), name.name(), Opaque.Made.NEW, given)));
  }

  Object makeWithNames(Object type, Object arguments, Object names) {
    Object made = make(type, arguments);
    if (names instanceof Map<?, ?> map && !map.isEmpty() && made instanceof Opaque opaque) {
      opaque.arguments().add(new LinkedHashMap<Object, Object>(map));
    }
    return made;
  }

  private Opaque name(Object callee) {
    if (callee instanceof Opaque name && name.made() == Opaque.Made.NAME) {
      return name;
    }
    throw input.bad("%s is called, but is no name".formatted(kind(callee)));
  }

  private Tuple tuple(Object arguments) {
    if (arguments instanceof Tuple tuple) {
      return tuple;
    }
    throw input.bad("the arguments of a call are no tuple");
  }

  void build(Object target, Object state) {
    if (target instanceof OrderedDict dict && state instanceof Map<?, ?> attributes) {
      dict.attributes().putAll(attributes);
    } else if (target instanceof Opaque opaque) {
      opaque.state(state);
    } else if (!(target instanceof Tensor || target instanceof Map<?, ?>)) {
      // Tensors and dicts of subclasses may carry attributes, which mean nothing here.
      throw input.bad("%s cannot have a state".formatted(kind(target)));
    }
  }

  private Object said(java.util.function.Supplier<Object> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException | ClassCastException | IndexOutOfBoundsException e) {
      throw new BadCheckpointException(input.place(), String.valueOf(e.getMessage()), e);
    }
  }

  static String kind(Object value) {
    return value == null
        ? "None"
        : value instanceof Opaque opaque
            ? "'" + opaque.type() + "'"
            : "a " + value.getClass().getSimpleName();
  }
}
