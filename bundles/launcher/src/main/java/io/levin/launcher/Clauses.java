package io.levin.launcher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads headers such as {@code Export-Package}: clauses of paths and parameters. */
final class Clauses {
  private Clauses() {}

  /**
   * The paths of a header, each with its parameters; a directive's name ends with a colon.
   *
   * @param header null is an empty header
   */
  static Map<String, Map<String, String>> parse(String header) {
    Map<String, Map<String, String>> clauses = new LinkedHashMap<>();
    if (header == null) {
      return clauses;
    }
    for (String clause : split(header, ',')) {
      Map<String, String> parameters = new LinkedHashMap<>();
      List<String> paths = new ArrayList<>();
      for (String part : split(clause, ';')) {
        int equals = part.indexOf('=');
        if (equals < 0) {
          paths.add(part);
        } else {
          String name = part.substring(0, equals).strip();
          parameters.put(name, part.substring(equals + 1).strip().replace("\"", ""));
        }
      }
      // One path may come twice, as with a compatible older version: the first is the one that
      // counts
      paths.forEach(path -> clauses.putIfAbsent(path, parameters));
    }
    return clauses;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || (text.charAt(i) == separator && !quoted)) {
        String part = text.substring(start, i).strip();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        start = i + 1;
      } else if (text.charAt(i) == '"') {
        quoted = !quoted;
      }
    }
    return parts;
  }
}
