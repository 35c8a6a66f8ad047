package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.TensorShard;
import io.levin.checkpoint.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checkpoint's values as the JSON of a manifest. Whatever JSON has not is an object of one field
 * that says its kind; a tensor's is filled in once it has its place in a file.
 */
final class TreeEncoder {
  static final int DEEPEST = 500;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final List<Placed> tensors = new ArrayList<>();
  private final Map<Tensor, TensorShard> shards = new IdentityHashMap<>();
  private final Map<Opaque, Integer> known = new IdentityHashMap<>();
  private int depth;

  /**
   * A tensor of the tree.
   *
   * @param path to it, as in {@link TensorPaths}
   * @param node to be filled in
   */
  record Placed(String path, Tensor tensor, ObjectNode node) {}

  /** The tensors met, in their order. */
  List<Placed> tensors() {
    return tensors;
  }

  /** Of the tensors, those that are parts. */
  Map<Tensor, TensorShard> shards() {
    return shards;
  }

  /**
   * @throws IllegalArgumentException when a value has no place in a checkpoint, saying which
   */
  JsonNode encode(String path, Object value) {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException(
          "values are nested deeper than %d, or contain themselves".formatted(DEEPEST));
    }
    JsonNode scalar = Scalars.encode(value);
    JsonNode node = scalar != null ? scalar : container(path, value);
    depth--;
    return node;
  }

  private JsonNode container(String path, Object value) {
    if (value instanceof Tensor tensor) {
      return tensor(path, tensor);
    }
    if (value instanceof TensorShard shard) {
      shards.put(shard.part(), shard);
      return tensor(path, shard.part());
    }
    if (value instanceof OrderedDict dict) {
      ObjectNode node = kind("ordered-dict", entries(path, dict));
      if (!dict.attributes().isEmpty()) {
        node.set("attributes", entries(path, dict.attributes()));
      }
      return node;
    }
    if (value instanceof Map<?, ?> map) {
      return kind("dict", entries(path, map));
    }
    if (value instanceof Tuple tuple) {
      return kind("tuple", items(path, tuple.items()));
    }
    if (value instanceof Set<?> set) {
      return kind("set", items(path, set));
    }
    if (value instanceof Collection<?> list) {
      return items(path, list);
    }
    if (value instanceof Opaque opaque) {
      return opaque(path, opaque);
    }
    throw new IllegalArgumentException(
        "a %s has no place in a checkpoint; put numbers, texts, lists, maps or tensors there"
            .formatted(value.getClass().getName()));
  }

  private ObjectNode tensor(String path, Tensor tensor) {
    ObjectNode node = JSON.objectNode();
    tensors.add(new Placed(path, tensor, node));
    return kind("tensor", node);
  }

  /** An object where all keys are texts, else an array of pairs. */
  private JsonNode entries(String path, Map<?, ?> map) {
    if (map.keySet().stream().allMatch(String.class::isInstance)) {
      ObjectNode entries = JSON.objectNode();
      map.forEach((key, entry) -> entries.set((String) key, encode(under(path, key), entry)));
      return entries;
    }
    ArrayNode pairs = JSON.arrayNode();
    map.forEach(
        (key, entry) ->
            pairs.add(
                JSON.arrayNode().add(encode(path, key)).add(encode(under(path, key), entry))));
    return pairs;
  }

  private ArrayNode items(String path, Collection<?> items) {
    ArrayNode array = JSON.arrayNode();
    for (Object item : items) {
      array.add(encode(under(path, array.size()), item));
    }
    return array;
  }

  private JsonNode opaque(String path, Opaque opaque) {
    Integer id = known.get(opaque);
    if (id != null) {
      return kind("same", JSON.numberNode(id));
    }
    ObjectNode node = JSON.objectNode().put("id", known.size());
    known.put(opaque, known.size());
    node.put("module", opaque.module()).put("name", opaque.name());
    node.put("made", opaque.made().name().toLowerCase(java.util.Locale.ROOT));
    node.set("arguments", items(path, opaque.arguments()));
    node.set("items", items(path, opaque.items()));
    node.set("entries", entries(path, opaque.entries()));
    node.set("state", encode(path, opaque.state()));
    return kind("opaque", node);
  }

  private static String under(String path, Object key) {
    return TensorPaths.join(path, TensorPaths.label(key));
  }

  static ObjectNode kind(String kind, JsonNode content) {
    return JSON.objectNode().set(kind, content);
  }
}
