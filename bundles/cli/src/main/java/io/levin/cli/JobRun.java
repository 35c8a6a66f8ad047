package io.levin.cli;

import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.cli.control.ControlServer;
import io.levin.cli.launch.LocalProcesses;
import io.levin.job.Job;
import io.levin.job.JobOption;
import io.levin.launcher.PluginFolder;
import io.levin.launcher.Stop;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import io.levin.trainer.Trainer;
import io.levin.trainer.Trainers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * A job with its options and the Trainer's arguments, as the user gave them.
 *
 * @param options every option of the job that has a value
 */
record JobRun(Job job, Map<String, String> options, Arguments arguments) {

  /**
   * @param arguments as given: help for one job shows the options of this one
   */
  static void describe(CommandSpec spec, Session session, List<String> arguments) {
    List<Job> jobs = session.services().jobs();
    boolean isHelp = arguments.contains("--help") || arguments.contains("-h");
    spec.usageMessage().customSynopsis(spec.name() + " JOB [FLAG…]");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("JOB")
            .type(String.class)
            .arity("0..1")
            .description("what to run; see the list below")
            .build());
    spec.addOption(Flags.values("FILE", "file of arguments, YAML or JSON; repeatable", "--config"));
    spec.addOption(
        Flags.flag("show every argument with its value and origin, and end", "--print-config"));
    Flags.addArguments(spec);
    Flags.addOptions(
        spec,
        jobs.stream()
            .filter(job -> !isHelp || arguments.contains(job.name()))
            .flatMap(job -> job.options().stream())
            .toList());
    spec.usageMessage().footer(footer(jobs, spec.name()));
  }

  /** The job asked for, and its configuration from files, environment and flags. */
  static JobRun read(ParseResult parsed, Session session) {
    List<Job> jobs = session.services().jobs();
    Configuration configuration = configuration(parsed, session, jobs);
    Job job =
        job(parsed, configuration)
            .map(name -> find(name, jobs))
            .orElseThrow(() -> new UsageException("Which job?", "There are: " + names(jobs) + "."));
    return new JobRun(
        job,
        options(job, parsed, configuration, jobs),
        job.defaults().over(configuration.arguments()).over(Flags.read(parsed)));
  }

  /** Prints the configuration, of a job if one is named. */
  static void print(ParseResult parsed, Session session) {
    List<Job> jobs = session.services().jobs();
    Configuration configuration = configuration(parsed, session, jobs);
    Arguments given = configuration.arguments().over(Flags.read(parsed));
    Arguments weakest =
        job(parsed, configuration)
            .map(name -> find(name, jobs).defaults())
            .orElse(Arguments.none());
    PrintedConfig.print(weakest.over(given), session.out());
  }

  /** What is done with a Trainer and a job's task; gives the exit code. */
  interface Work {
    int with(Trainer trainer, Job.Task task);
  }

  /** Plans, prepares the job, and does the work with a Trainer that signals can interrupt. */
  int carryOut(Session session, Work work) {
    Trainers trainers = session.services().trainers();
    Surroundings here = Surroundings.here();
    PlanReport report = trainers.plan(arguments, here);
    if (!report.ok()) { // said before any data is read
      report.conflicts().forEach(conflict -> Failures.say(conflict, session.err()));
      return ExitCode.USAGE;
    }
    boolean isFirst = System.getProperty("levin.parent") == null;
    if (isFirst) { // the process that started this one has said them
      report.warnings().forEach(warning -> session.err().println("levin: " + warning));
    }
    Optional<LocalProcesses> processes =
        LocalProcesses.start(
            report.orThrow(), here, session.arguments(), session.out(), session.err());
    if (processes.isEmpty()) {
      return carryOut(session, here, work);
    }
    try (LocalProcesses others = processes.get()) {
      try {
        return others.end(carryOut(session, others.surroundings(), work), null);
      } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
        boolean stackTrace = session.arguments().contains("--stacktrace");
        return others.end(Failures.report(e, stackTrace, session.err()), e);
      }
    }
  }

  private int carryOut(Session session, Surroundings here, Work work) {
    Job.Task task = job.prepare(options);
    Trainers trainers = session.services().trainers();
    try (Trainer trainer = trainers.create(arguments, here, List.of());
        Stop.Running running = session.stop().whileRunning(trainer::interrupt);
        ControlServer control = reachable(trainer, session)) {
      return work.with(trainer, task);
    }
  }

  /** The rank that keeps checkpoints is the one to be asked; the others go on without. */
  private ControlServer reachable(Trainer trainer, Session session) {
    return trainer.strategy().isGlobalZero()
        ? ControlServer.open(
            new ControlServer.Run(
                trainer,
                job.name(),
                session.home(),
                () -> session.services().plugins().map(PluginFolder::plugins).orElse(List.of())))
        : null;
  }

  private static Configuration configuration(ParseResult parsed, Session session, List<Job> jobs) {
    return Configuration.read(session, Flags.texts(parsed, "--config"), jobs);
  }

  private static Optional<String> job(ParseResult parsed, Configuration configuration) {
    return Optional.ofNullable(parsed.matchedPositionalValue(0, (String) null))
        .or(configuration::job);
  }

  private static Job find(String name, List<Job> jobs) {
    return jobs.stream()
        .filter(job -> job.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                UsageException.unknown(
                    "There is no job '%s'. There are: %s.".formatted(name, names(jobs)),
                    name,
                    jobs.stream().map(Job::name).toList(),
                    "Put the bundle that has it into 'plugins'."));
  }

  private static Map<String, String> options(
      Job job, ParseResult parsed, Configuration configuration, List<Job> jobs) {
    refuseOptionsOfOthers(job, parsed, jobs);
    Map<String, Object> fromFiles = configuration.options().getOrDefault(job.name(), Map.of());
    Map<String, String> options = new LinkedHashMap<>();
    for (JobOption option : job.options()) {
      Optional<String> flag = Flags.text(parsed, "--" + option.name());
      Object file = fromFiles.get(option.name());
      String value = flag.orElse(file == null ? option.defaultValue() : String.valueOf(file));
      if (value != null) {
        options.put(option.name(), value);
      } else if (option.required()) {
        throw new UsageException(
            "The job '%s' needs --%s: %s.".formatted(job.name(), option.name(), option.help()),
            "Give --%s %s.".formatted(option.name(), option.valueHelp()));
      }
    }
    return options;
  }

  private static void refuseOptionsOfOthers(Job job, ParseResult parsed, List<Job> jobs) {
    List<String> own = job.options().stream().map(JobOption::name).toList();
    jobs.stream()
        .flatMap(other -> other.options().stream())
        .map(JobOption::name)
        .filter(name -> !own.contains(name) && TrainerArguments.named(name).isEmpty())
        .filter(name -> parsed.hasMatchedOption("--" + name))
        .findFirst()
        .ifPresent(
            name -> {
              throw UsageException.unknown(
                  "The job '%s' has no option --%s.".formatted(job.name(), name),
                  name,
                  own,
                  "Its options: %s.".formatted(own.isEmpty() ? "none" : String.join(", ", own)));
            });
  }

  private static String names(List<Job> jobs) {
    return jobs.isEmpty()
        ? "none; the bundles in 'plugins' bring them"
        : String.join(", ", jobs.stream().map(Job::name).toList());
  }

  private static String[] footer(List<Job> jobs, String command) {
    StringBuilder text = new StringBuilder("\nJobs:\n");
    jobs.forEach(job -> text.append("  %-20s%s%n".formatted(job.name(), job.description())));
    text.append("%n'%s JOB --help' shows a job's own options.%n".formatted(command));
    if (jobs.isEmpty()) {
      text.append("  none; the bundles in 'plugins' bring them\n");
    }
    return text.toString().replace("%", "%%").lines().toArray(String[]::new);
  }
}
