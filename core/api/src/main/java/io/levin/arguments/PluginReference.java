package io.levin.arguments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plugin asked for by its class name, with options: {@code
 * NativeMixedPrecisionPlugin:precision=bf16}.
 */
public record PluginReference(String name, Map<String, String> options) {
  public PluginReference {
    if (name.isBlank()) {
      throw new IllegalArgumentException("expected a plugin's class name");
    }
    options = Map.copyOf(options);
  }

  /** Reads one reference; options follow a colon, several are joined by {@code ;}. */
  public static PluginReference parse(String text) {
    int colon = text.indexOf(':');
    Map<String, String> options = new LinkedHashMap<>();
    if (colon >= 0) {
      for (String option : text.substring(colon + 1).split(";")) {
        int equals = option.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException(
              "expected Name:option=value, but the option is '" + option + "'");
        }
        options.put(option.substring(0, equals).strip(), option.substring(equals + 1).strip());
      }
    }
    return new PluginReference((colon < 0 ? text : text.substring(0, colon)).strip(), options);
  }

  static List<PluginReference> list(Object raw) {
    List<PluginReference> result = new ArrayList<>();
    Values.list(raw).forEach(item -> result.add(parse(item)));
    return List.copyOf(result);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    char separator = ':';
    for (Map.Entry<String, String> option : options.entrySet()) {
      text.append(separator).append(option.getKey()).append('=').append(option.getValue());
      separator = ';';
    }
    return text.toString();
  }
}
