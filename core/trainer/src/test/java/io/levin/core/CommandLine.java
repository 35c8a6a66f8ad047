package io.levin.core;

import io.levin.arguments.Argument;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;

/** Trainer arguments as people write them, so that a test reads like a command. */
final class CommandLine {
  private CommandLine() {}

  /** For example {@code --precision bf16 --emulate}; a flag alone means true. */
  static Arguments over(Arguments arguments, String line) {
    Arguments result = arguments;
    for (String given : line.strip().split("(^| )--")) {
      if (!given.isBlank()) {
        String[] words = given.strip().split(" ", 2);
        result = result.read(named(words[0]), words.length == 1 ? "true" : words[1], "the test");
      }
    }
    return result;
  }

  private static Argument<?> named(String name) {
    return TrainerArguments.all().stream()
        .filter(argument -> argument.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
