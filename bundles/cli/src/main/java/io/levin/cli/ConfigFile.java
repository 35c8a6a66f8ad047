package io.levin.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.levin.MisconfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** A file of arguments, YAML or (named {@code *.json}) JSON: one map. */
final class ConfigFile {
  private ConfigFile() {}

  static Map<?, ?> read(Path file) {
    try {
      Object content = mapper(file).readValue(Files.readString(file), Object.class);
      if (content instanceof Map<?, ?> map) {
        return map;
      }
      if (content == null) {
        return Map.of();
      }
      throw unreadable(file, "it holds no map of arguments", "Write lines such as max-epochs: 3.");
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file", "Check the path given to --config.");
    } catch (JacksonException e) {
      throw unreadable(file, problem(e), "Mend the file.");
    } catch (IOException e) {
      throw unreadable(file, e.toString(), "Check that it is a readable text file.");
    }
  }

  private static ObjectMapper mapper(Path file) {
    return file.toString().endsWith(".json")
        ? JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build()
        : YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  }

  private static String problem(JacksonException e) {
    JsonLocation place = e.getLocation();
    String text = e.getOriginalMessage().lines().findFirst().orElse("it is malformed");
    return place == null ? text : "line %d: %s".formatted(place.getLineNr(), text);
  }

  private static MisconfigurationException unreadable(Path file, String why, String hint) {
    return new MisconfigurationException("Cannot read '%s': %s.".formatted(file, why), hint);
  }
}
