package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The JSON of a manifest as a checkpoint's values; names in it are never looked up. */
final class TreeDecoder {
  private final Function<JsonNode, Tensor> tensors;
  private final Wanted wanted;
  private final Map<Integer, Opaque> opaques = new HashMap<>();
  private int depth;
  private int keys;

  /**
   * @param tensors gives the tensor that a node describes
   */
  TreeDecoder(Function<JsonNode, Tensor> tensors, Wanted wanted) {
    this.tensors = tensors;
    this.wanted = wanted;
  }

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  Object decode(String path, JsonNode node) {
    if (++depth > TreeEncoder.DEEPEST) {
      throw new IllegalArgumentException(
          "values are nested deeper than %d".formatted(TreeEncoder.DEEPEST));
    }
    Object value =
        node.isObject()
            ? tagged(path, node)
            : node.isArray() ? items(path, node) : Scalars.plain(node);
    depth--;
    return value;
  }

  private Object tagged(String path, JsonNode node) {
    String kind = node.isEmpty() ? "" : node.fieldNames().next();
    boolean attributed = kind.equals("ordered-dict") && node.has("attributes");
    if (node.size() != (attributed ? 2 : 1)) {
      throw new IllegalArgumentException("an object of %d kinds".formatted(node.size()));
    }
    JsonNode content = node.get(kind);
    return switch (kind) {
      case "tensor" -> tensors.apply(content);
      case "dict" -> entries(path, content, new LinkedHashMap<>());
      case "ordered-dict" -> {
        OrderedDict dict = new OrderedDict();
        entries(path, content, dict);
        if (attributed) {
          entries(path, node.get("attributes"), dict.attributes());
        }
        yield dict;
      }
      case "tuple" -> new Tuple(items(path, array(content)));
      case "set" -> new LinkedHashSet<>(items(path, array(content)));
      case "float" -> Scalars.floating(content);
      case "integer" -> Scalars.integer(content);
      case "bytes" -> Scalars.bytes(content);
      case "complex" -> Scalars.complex(content);
      case "opaque" -> opaque(path, content);
      case "same" -> same(content);
      default -> throw new IllegalArgumentException("a value of kind '%s'".formatted(kind));
    };
  }

  private List<Object> items(String path, JsonNode array) {
    List<Object> items = new ArrayList<>(array.size());
    for (JsonNode item : array) {
      String under = Wanted.under(path, (long) items.size());
      items.add(isOnTheWay(under) ? decode(under, item) : null);
    }
    return items;
  }

  private Map<Object, Object> entries(String path, JsonNode node, Map<Object, Object> into) {
    if (node.isObject()) {
      node.properties().forEach(entry -> put(path, entry.getKey(), entry.getValue(), into));
      return into;
    }
    for (JsonNode pair : array(node)) {
      if (!pair.isArray() || pair.size() != 2) {
        throw new IllegalArgumentException("an entry of no key and value");
      }
      put(path, key(pair.get(0)), pair.get(1), into);
    }
    return into;
  }

  private Object key(JsonNode node) {
    keys++;
    Object key = decode("", node);
    keys--;
    if (key instanceof Map<?, ?> || key instanceof List<?>) {
      throw new IllegalArgumentException("a key that can change");
    }
    return key;
  }

  /** A key is wanted whole, or what it leads to is not. */
  private boolean isOnTheWay(String path) {
    return keys > 0 || wanted.isOnTheWay(path);
  }

  private void put(String path, Object key, JsonNode value, Map<Object, Object> into) {
    if (into.containsKey(key)) {
      throw new IllegalArgumentException("the key '%s' twice".formatted(key));
    }
    String under = Wanted.under(path, key);
    if (isOnTheWay(under)) {
      into.put(key, decode(under, value));
    }
  }

  private Object opaque(String path, JsonNode node) {
    String made = node.path("made").asText().toUpperCase(Locale.ROOT);
    Opaque opaque =
        new Opaque(text(node, "module"), text(node, "name"), Opaque.Made.valueOf(made), List.of());
    // Known before what it is made of, which may name it.
    if (!node.path("id").isInt() || opaques.put(node.path("id").intValue(), opaque) != null) {
      throw new IllegalArgumentException("an object without an id of its own");
    }
    opaque.arguments().addAll(items(path, array(node.path("arguments"))));
    opaque.items().addAll(items(path, array(node.path("items"))));
    entries(path, node.path("entries"), opaque.entries());
    opaque.state(decode(path, node.path("state")));
    return opaque;
  }

  private Object same(JsonNode node) {
    Opaque opaque = node.isInt() ? opaques.get(node.intValue()) : null;
    if (opaque == null) {
      throw new IllegalArgumentException("an object again that is not in what is loaded");
    }
    return opaque;
  }

  private static String text(JsonNode node, String field) {
    if (!node.path(field).isTextual()) {
      throw new IllegalArgumentException("an object without %s".formatted(field));
    }
    return node.path(field).textValue();
  }

  private static JsonNode array(JsonNode node) {
    if (!node.isArray()) {
      throw new IllegalArgumentException("no array where one belongs");
    }
    return node;
  }
}
