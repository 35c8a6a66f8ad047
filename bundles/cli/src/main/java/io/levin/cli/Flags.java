package io.levin.cli;

import io.levin.arguments.Argument;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.job.JobOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The Trainer's arguments as flags, made from their table. */
final class Flags {
  /** The argument with which a section of the table, and of the help, begins. */
  private static final Map<String, String> SECTIONS =
      Map.of(
          TrainerArguments.ACCELERATOR.name(), "Where and on what it runs",
          TrainerArguments.MAX_EPOCHS.name(), "How long and how much",
          TrainerArguments.ACCUMULATE_GRAD_BATCHES.name(), "How a step is made",
          TrainerArguments.DEFAULT_ROOT_DIR.name(), "What is kept and shown");

  private Flags() {}

  /** Adds a flag for every argument, by section. */
  static void addArguments(CommandSpec command) {
    Map<String, ArgGroupSpec.Builder> sections = new LinkedHashMap<>();
    ArgGroupSpec.Builder section = null;
    for (Argument<?> argument : TrainerArguments.all()) {
      String title = SECTIONS.get(argument.name());
      if (title != null || section == null) {
        section = group(title == null ? "Arguments" : title, sections.size());
        sections.put(argument.name(), section);
      }
      section.addArg(option(argument));
    }
    sections.values().forEach(group -> command.addArgGroup(group.build()));
  }

  /** Adds the options of jobs; one that several jobs have is added once. */
  static void addOptions(CommandSpec command, Collection<JobOption> options) {
    Map<String, OptionSpec> specs = new LinkedHashMap<>();
    for (JobOption option : options) {
      String name = "--" + option.name();
      if (!command.optionsMap().containsKey(name)) {
        specs.putIfAbsent(
            name,
            OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(option.valueHelp())
                .description(escaped(option.help() + standard(option.defaultValue())))
                .build());
      }
    }
    if (!specs.isEmpty()) {
      ArgGroupSpec.Builder group = group("Of the job", -1);
      specs.values().forEach(group::addArg);
      command.addArgGroup(group.build());
    }
  }

  /** The same flags without sections, in which picocli would not see one that is given twice. */
  static CommandSpec ungrouped(CommandSpec grouped) {
    CommandSpec flat = CommandSpec.create().name(grouped.name());
    Set.copyOf(grouped.optionsMap().values())
        .forEach(option -> flat.addOption(OptionSpec.builder(option).build()));
    grouped
        .positionalParameters()
        .forEach(word -> flat.addPositional(PositionalParamSpec.builder(word).build()));
    return flat;
  }

  /** The arguments given as flags. */
  static Arguments read(ParseResult parsed) {
    Arguments arguments = Arguments.none();
    for (OptionSpec option : parsed.matchedOptions()) {
      Optional<Argument<?>> argument = TrainerArguments.named(option.longestName().substring(2));
      if (argument.isPresent()) {
        Object value = option.getValue();
        arguments = arguments.read(argument.get(), value, option.longestName());
      }
    }
    return arguments;
  }

  /** The text given for a flag. */
  static Optional<String> text(ParseResult parsed, String name) {
    return Optional.ofNullable(parsed.matchedOptionValue(name, (String) null));
  }

  /** Every text given for a flag that can be repeated. */
  static List<String> texts(ParseResult parsed, String name) {
    return parsed.matchedOptionValue(name, List.of());
  }

  static OptionSpec flag(String help, String... names) {
    return OptionSpec.builder(names)
        .type(boolean.class)
        .arity("0")
        .description(escaped(help))
        .build();
  }

  static OptionSpec value(String label, String help, String name) {
    return OptionSpec.builder(name)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(escaped(help))
        .build();
  }

  static OptionSpec values(String label, String help, String name) {
    return OptionSpec.builder(name)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(label)
        .description(escaped(help))
        .build();
  }

  private static OptionSpec option(Argument<?> argument) {
    OptionSpec.Builder option =
        OptionSpec.builder("--" + argument.name())
            .paramLabel(argument.valueHelp())
            .description(escaped(argument.help() + standard(argument.defaultValue())));
    return argument.isSwitch()
        ? option.type(Boolean.class).arity("0..1").fallbackValue("true").build()
        : option.type(String.class).arity("1").build();
  }

  private static String standard(Object value) {
    boolean unset =
        value == null
            || Boolean.FALSE.equals(value)
            || (value instanceof List<?> list && list.isEmpty())
            || (value instanceof Map<?, ?> map && map.isEmpty());
    return unset ? "" : " (default: %s)".formatted(value instanceof List<?> l ? join(l) : value);
  }

  private static String join(List<?> values) {
    return String.join(",", values.stream().map(String::valueOf).toList());
  }

  private static ArgGroupSpec.Builder group(String title, int order) {
    return ArgGroupSpec.builder()
        .heading("%n" + title + ":%n")
        .exclusive(false)
        .validate(false)
        .order(order);
  }

  /** picocli formats descriptions: a percent sign would be one of its own. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }
}
