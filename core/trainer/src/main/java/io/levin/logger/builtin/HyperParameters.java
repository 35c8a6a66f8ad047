package io.levin.logger.builtin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model's hyperparameters as plain values, and the file {@code hparams.yaml} of them. */
final class HyperParameters {
  static final String FILE = "hparams.yaml";

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .build());

  private HyperParameters() {}

  /** Writes the file unless there is nothing to say. */
  static void write(Path directory, Map<String, Object> hyperParameters) {
    if (hyperParameters.isEmpty()) {
      return;
    }
    Path file = directory.resolve(FILE);
    try {
      LogFiles.replace(file, to -> YAML.writeValue(to.toFile(), plain(hyperParameters)));
    } catch (IOException e) {
      throw LogFiles.cannotWrite(file, e);
    }
  }

  /** What every format can hold: anything else is said by its text. */
  static Object plain(Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, element) -> plain.put(String.valueOf(key), plain(element)));
      return plain;
    }
    if (value instanceof Collection<?> elements) {
      return elements.stream().map(HyperParameters::plain).toList();
    }
    if (value instanceof Object[] elements) {
      return plain(Arrays.asList(elements));
    }
    return String.valueOf(value);
  }
}
