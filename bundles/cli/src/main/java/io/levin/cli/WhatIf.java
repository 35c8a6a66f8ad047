package io.levin.cli;

import io.levin.MisconfigurationException;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Flags that describe another place than this one, so that its jobs can be planned here. */
final class WhatIf {
  private static final Pattern VARIABLE = Pattern.compile("(?:export\\s+)?([A-Za-z_]\\w*)=(.*)");

  private WhatIf() {}

  static void describe(CommandSpec spec, boolean withHardware) {
    spec.addOption(Flags.flag("answer in JSON", "--json"));
    if (withHardware) {
      spec.addOption(
          Flags.value(
              "cpu|gpu=N|…", "plan for these devices instead of those found here", "--hardware"));
    }
    spec.addOption(
        Flags.value(
            "FILE", "take environment variables from lines NAME=value of this file", "--env-file"));
    spec.addOption(Flags.value("NAME", "host name to plan for", "--hostname"));
    spec.addOption(
        Flags.value(
            "FILE",
            "read one request a line, JSON, and answer each; - for standard input",
            "--batch"));
  }

  /** This place, but for what the flags say. */
  static Surroundings surroundings(ParseResult parsed, Session session) {
    Surroundings here = Surroundings.here();
    Map<String, String> environment =
        Flags.text(parsed, "--env-file").map(WhatIf::variables).orElse(session.environment());
    Hardware hardware =
        Flags.text(parsed, "--hardware").map(WhatIf::hardware).orElse(here.hardware());
    return new Surroundings(
        environment,
        Flags.text(parsed, "--hostname").orElse(here.hostname()),
        hardware,
        here.files());
  }

  private static Hardware hardware(String text) {
    try {
      return Hardware.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "Cannot read --hardware '%s': %s.".formatted(text, e.getMessage()),
          "Give gpu=4, or cpu.");
    }
  }

  /** Reads lines {@code NAME=value}; blank lines and those that start with # say nothing. */
  static Map<String, String> variables(String file) {
    Map<String, String> variables = new LinkedHashMap<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = VARIABLE.matcher(line);
      if (!matcher.matches()) {
        throw new MisconfigurationException(
            "Line %d of '%s' is no variable: '%s'.".formatted(i + 1, file, line),
            "Write NAME=value, one a line.");
      }
      variables.put(matcher.group(1), unquoted(matcher.group(2)));
    }
    return variables;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new MisconfigurationException(
          "There is no file '%s'.".formatted(file), "Check the path given to --env-file.");
    } catch (IOException e) {
      throw new MisconfigurationException(
          "Cannot read '%s': %s.".formatted(file, e), "Give a text file of lines NAME=value.");
    }
  }
}
