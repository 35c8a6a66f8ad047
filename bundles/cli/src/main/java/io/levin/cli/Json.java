package io.levin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.levin.LevinException;
import java.io.PrintStream;

/** Prints a value as one JSON document. */
final class Json {
  private Json() {}

  static void print(Object value, PrintStream out) {
    try {
      out.println(
          JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw LevinException.internal("Cannot write JSON: " + e.getOriginalMessage(), e);
    }
  }
}
