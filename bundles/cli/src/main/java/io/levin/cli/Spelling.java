package io.levin.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How flags may be written, and what to say of those that do not exist. */
final class Spelling {
  private Spelling() {}

  /**
   * Underscores in a flag's name are dashes, as in Lightning; {@code --fast-dev-run} may stand
   * alone and then means one batch.
   */
  static List<String> normal(List<String> arguments) {
    List<String> normal = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("--")) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        argument = name.replace('_', '-') + argument.substring(name.length());
        boolean number = i + 1 < arguments.size() && arguments.get(i + 1).matches("-?[0-9]+");
        if (argument.equals("--fast-dev-run") && !number) {
          argument = "--fast-dev-run=1";
        }
      }
      normal.add(argument);
    }
    return normal;
  }

  static UsageException explain(ParameterException e, CommandSpec spec) {
    String help = "'%s --help' shows every flag.".formatted(spec.name());
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      if (!word.startsWith("-")) {
        return new UsageException("Unexpected word '%s'.".formatted(word), help);
      }
      String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      return UsageException.unknown(
          "Unknown flag %s.".formatted(name), name, spec.optionsMap().keySet(), help);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return new UsageException(
          "A value is missing: %s of %s."
              .formatted(
                  missing.getMissing().get(0).paramLabel(), name(missing.getMissing().get(0))),
          help);
    }
    if (e instanceof OverwrittenOptionException twice) {
      return new UsageException(
          "%s is given twice.".formatted(name(twice.getOverwritten())), "Keep one of them.");
    }
    String message = String.valueOf(e.getMessage());
    return new UsageException(message + (message.endsWith(".") ? "" : "."), help);
  }

  private static String name(ArgSpec parameter) {
    return parameter instanceof OptionSpec option
        ? option.longestName()
        : String.valueOf(parameter);
  }
}
