package io.levin.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of settings, named after whom they are for: {@code PID.yaml}, or {@code PID~NAME.yaml} for
 * one of several of a kind; {@code .yml} and {@code .json} too.
 */
record SettingsFile(Path path, String pid, Optional<String> name) {
  private static final Pattern FILE =
      Pattern.compile("([\\w.-]+?)(?:~([\\w.-]+))?\\.(yaml|yml|json)");
  private static final String RANKING = "service.ranking";

  /** Empty for a file that is called something else. */
  static Optional<SettingsFile> of(Path path) {
    Matcher matcher = FILE.matcher(path.getFileName().toString());
    return matcher.matches()
        ? Optional.of(
            new SettingsFile(path, matcher.group(1), Optional.ofNullable(matcher.group(2))))
        : Optional.empty();
  }

  /**
   * What is in it.
   *
   * @throws IOException saying what is wrong with it, in a clause
   */
  Dictionary<String, Object> read() throws IOException {
    ObjectMapper mapper = path.toString().endsWith(".json") ? new JsonMapper() : new YAMLMapper();
    Object content;
    try {
      content = mapper.readValue(Files.readString(path), Object.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "line %d: %s"
              .formatted(
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("it cannot be read")),
          e);
    }
    if (!(content instanceof Map<?, ?> map)) {
      throw new IOException("it holds no names and values");
    }
    Dictionary<String, Object> settings = new Hashtable<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      settings.put(
          String.valueOf(entry.getKey()), value(String.valueOf(entry.getKey()), entry.getValue()));
    }
    return settings;
  }

  private static Object value(String key, Object value) throws IOException {
    if (key.equals(RANKING) && !(value instanceof Integer)) {
      throw new IOException("%s is '%s', but must be a whole number".formatted(key, value));
    }
    if (value instanceof List<?> list) {
      return array(key, list);
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    throw new IOException("%s must be a text, a number, true, false, or a list".formatted(key));
  }

  private static Object array(String key, List<?> list) throws IOException {
    Class<?> type = list.isEmpty() ? String.class : value(key, list.get(0)).getClass();
    Object array = Array.newInstance(type, list.size());
    for (int i = 0; i < list.size(); i++) {
      if (!type.isInstance(list.get(i))) {
        throw new IOException("the list %s holds values of different kinds".formatted(key));
      }
      Array.set(array, i, list.get(i));
    }
    return array;
  }
}
