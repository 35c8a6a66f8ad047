package io.levin.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Finds the verb, parses its flags, runs it, and turns failures into a message and a code. */
final class LevinCommand {
  private static final int WIDTH = 110;
  private static final int LONGEST_FLAG = 38;

  private final String version;
  private final Map<String, Verb> verbs = new LinkedHashMap<>();

  LevinCommand(String version) {
    this.version = version;
    for (Verb verb :
        List.of(
            new FitVerb(),
            new EvaluateVerb("validate", "run the validation data through a trained model"),
            new EvaluateVerb("test", "run the test data through a trained model"),
            new EvaluateVerb("predict", "predict with a trained model"),
            new PlanVerb(),
            new EnvVerb(),
            new CkptVerb(),
            new PluginsVerb(),
            new SwapVerb(),
            new DoctorVerb())) {
      verbs.put(verb.name(), verb);
    }
  }

  int run(List<String> arguments, Session session) {
    try {
      return arguments.isEmpty() ? help(session) : dispatch(arguments, session);
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      return Failures.report(e, arguments.contains("--stacktrace"), session.err());
    }
  }

  private int dispatch(List<String> arguments, Session session) {
    String first = arguments.get(0);
    Verb verb = verbs.get(first);
    if (verb != null) {
      return run(verb, arguments.subList(1, arguments.size()), session);
    }
    return switch (first) {
      case "--help", "-h", "help" ->
          arguments.size() > 1 && verbs.containsKey(arguments.get(1))
              ? run(verbs.get(arguments.get(1)), List.of("--help"), session)
              : help(session);
      case "--version", "-V" -> version(session);
      default ->
          throw UsageException.unknown(
              "There is no command '%s'. There are: %s."
                  .formatted(first, String.join(", ", verbs.keySet())),
              first,
              verbs.keySet(),
              "'levin --help' shows what each does.");
    };
  }

  private int run(Verb verb, List<String> arguments, Session session) {
    CommandSpec spec = CommandSpec.create().name("levin " + verb.name());
    spec.usageMessage()
        .width(WIDTH)
        .longOptionsMaxWidth(LONGEST_FLAG)
        .sortOptions(false)
        .description(verb.summary(), "");
    spec.addOption(Flags.flag("show this help", "-h", "--help"));
    spec.addOption(Flags.flag("show where a failure comes from", "--stacktrace"));
    verb.describe(spec, session, arguments);
    if (arguments.contains("--help") || arguments.contains("-h")) {
      new CommandLine(spec).usage(session.out(), Ansi.AUTO);
      return ExitCode.OK;
    }
    ParseResult parsed;
    try {
      parsed =
          new CommandLine(Flags.ungrouped(spec))
              .parseArgs(Spelling.normal(arguments).toArray(String[]::new));
    } catch (ParameterException e) {
      throw Spelling.explain(e, spec);
    }
    return verb.run(parsed, session);
  }

  private int help(Session session) {
    CommandSpec spec = CommandSpec.create().name("levin");
    List<String> commands = new ArrayList<>(List.of("", "Commands:"));
    verbs.values().forEach(v -> commands.add("  %-10s%s".formatted(v.name(), v.summary())));
    commands.addAll(
        List.of(
            "",
            "Arguments come from conf/levin.yaml, --config files, variables LEVIN_… and flags;",
            "the later of these is the stronger. 'levin COMMAND --help' shows them."));
    spec.usageMessage()
        .width(WIDTH)
        .customSynopsis("levin COMMAND [FLAG…]", "levin --version")
        .description("Trains models on the JVM, with the parts that the installed bundles offer.")
        .footer(commands.toArray(String[]::new));
    new CommandLine(spec).usage(session.out(), Ansi.AUTO);
    return ExitCode.OK;
  }

  private int version(Session session) {
    session.out().printf("Levin %s%n", version);
    session.out().printf("Java %s (%s)%n", System.getProperty("java.version"), vendor());
    return ExitCode.OK;
  }

  private static String vendor() {
    return System.getProperty("java.vendor") + ", " + System.getProperty("java.home");
  }
}
