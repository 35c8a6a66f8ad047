package io.levin.checkpoint.torch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Compares a tree that was read with what Python said of it. */
final class TreeComparison {
  void compare(String path, Object value, JsonNode expected) {
    String type = expected.path("t").asText();
    JsonNode plain = expected.path("v");
    switch (type) {
      case "tensor", "parameter" -> {
        assertThat(value).as(path).isInstanceOf(Tensor.class);
        assertThat(((Tensor) value).parameter()).as(path).isEqualTo(type.equals("parameter"));
      }
      case "none" -> assertThat(value).as(path).isNull();
      case "bool" -> assertThat(value).as(path).isEqualTo(plain.asBoolean());
      case "int" -> assertThat(String.valueOf(value)).as(path).isEqualTo(plain.asText());
      case "float" -> assertThat(value).as(path).isEqualTo(number(plain));
      case "str" -> assertThat(value).as(path).isEqualTo(plain.asText());
      case "numpy_scalar" -> assertThat(((Number) value).doubleValue()).isEqualTo(number(plain));
      case "dict", "OrderedDict", "dict_subclass" -> {
        assertThat(value instanceof OrderedDict).as(path).isEqualTo(type.equals("OrderedDict"));
        entries(
            path, value instanceof Opaque opaque ? opaque.entries() : (Map<?, ?>) value, expected);
      }
      case "list" -> items(path, (List<?>) value, expected);
      case "tuple" -> items(path, ((Tuple) value).items(), expected);
      case "set", "frozenset" ->
          assertThat((Collection<?>) value).hasSize(expected.path("items").size());
      default -> assertThat(value).as("%s: %s", path, type).isInstanceOf(Opaque.class);
    }
  }

  private static double number(JsonNode plain) {
    return plain.isTextual() ? Double.parseDouble(plain.asText()) : plain.asDouble();
  }

  private void items(String path, List<?> values, JsonNode expected) {
    assertThat(values).as(path).hasSize(expected.path("items").size());
    for (int i = 0; i < values.size(); i++) {
      compare(path + "/" + i, values.get(i), expected.path("items").get(i));
    }
  }

  private void entries(String path, Map<?, ?> map, JsonNode expected) {
    assertThat(map).as(path).hasSize(expected.path("items").size());
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    for (int i = 0; i < entries.size(); i++) {
      JsonNode pair = expected.path("items").get(i);
      compare(path + "/key " + i, entries.get(i).getKey(), pair.get(0));
      compare(path + "/" + entries.get(i).getKey(), entries.get(i).getValue(), pair.get(1));
    }
  }
}
