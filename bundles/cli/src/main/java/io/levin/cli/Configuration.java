package io.levin.cli;

import io.levin.arguments.Argument;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.job.Job;
import io.levin.job.JobOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Arguments from everywhere, the stronger over the weaker: {@code conf/levin.yaml}, files in the
 * order given, environment variables, flags.
 *
 * @param arguments without those of flags
 * @param job the job that a file names
 * @param options options of jobs that files give, by job
 */
record Configuration(
    Arguments arguments, Optional<String> job, Map<String, Map<String, Object>> options) {
  private static final String PREFIX = "LEVIN_";
  private static final List<String> NOT_ARGUMENTS = List.of("LEVIN_HOME");

  static Configuration read(Session session, List<String> files, List<Job> jobs) {
    Configuration configuration = new Configuration(Arguments.none(), Optional.empty(), Map.of());
    Path site = session.home().resolve("conf/levin.yaml");
    if (Files.isReadable(site)) {
      configuration = configuration.file(site, jobs);
    }
    for (String file : files) {
      configuration = configuration.file(Path.of(file), jobs);
    }
    return configuration.environment(session.environment());
  }

  private Configuration file(Path file, List<Job> jobs) {
    String origin = String.valueOf(file.getFileName());
    Arguments read = arguments;
    Optional<String> name = job;
    Map<String, Map<String, Object>> sections = new LinkedHashMap<>(options);
    for (Map.Entry<?, ?> entry : ConfigFile.read(file).entrySet()) {
      String key = String.valueOf(entry.getKey());
      Optional<Argument<?>> argument = TrainerArguments.named(key);
      Optional<Job> section = jobs.stream().filter(j -> j.name().equals(key)).findFirst();
      if (argument.isPresent()) {
        read = read.read(argument.get(), entry.getValue(), origin);
      } else if (key.equals("job")) {
        name = Optional.ofNullable(entry.getValue()).map(String::valueOf);
      } else if (section.isPresent()) {
        sections.merge(
            key, section(section.get(), entry.getValue(), origin), Configuration::merged);
      } else {
        throw unknownKey(key, origin, jobs);
      }
    }
    return new Configuration(read, name, sections);
  }

  private Configuration environment(Map<String, String> environment) {
    Arguments read = arguments;
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(PREFIX) && !NOT_ARGUMENTS.contains(name)) {
        Argument<?> argument =
            TrainerArguments.all().stream()
                .filter(candidate -> candidate.variable().equals(name))
                .findFirst()
                .orElseThrow(() -> unknownVariable(name));
        read = read.read(argument, variable.getValue(), name);
      }
    }
    return new Configuration(read, job, options);
  }

  private static Map<String, Object> section(Job job, Object content, String origin) {
    List<String> known = job.options().stream().map(JobOption::name).toList();
    Map<String, Object> section = new LinkedHashMap<>();
    if (!(content instanceof Map<?, ?> map)) {
      throw new UsageException(
          "'%s' in %s is a job: below it come its options, not a value."
              .formatted(job.name(), origin),
          "Write 'job: %s' to choose the job.".formatted(job.name()));
    }
    map.forEach(
        (key, value) -> {
          String name = String.valueOf(key).replace('_', '-');
          if (!known.contains(name)) {
            throw UsageException.unknown(
                "The job '%s' has no option '%s' (%s).".formatted(job.name(), key, origin),
                name,
                known,
                "'levin fit %s --help' shows its options.".formatted(job.name()));
          }
          section.put(name, value);
        });
    return section;
  }

  private static Map<String, Object> merged(
      Map<String, Object> weaker, Map<String, Object> stronger) {
    Map<String, Object> both = new LinkedHashMap<>(weaker);
    both.putAll(stronger);
    return both;
  }

  private static UsageException unknownKey(String key, String origin, List<Job> jobs) {
    List<String> known =
        new ArrayList<>(TrainerArguments.all().stream().map(Argument::name).toList());
    known.add("job");
    jobs.forEach(job -> known.add(job.name()));
    return UsageException.unknown(
        "Unknown key '%s' in %s.".formatted(key, origin),
        key.replace('_', '-'),
        known,
        "'levin fit --print-config' shows every key.");
  }

  private static UsageException unknownVariable(String name) {
    return UsageException.unknown(
        "Unknown environment variable %s.".formatted(name),
        name,
        TrainerArguments.all().stream().map(Argument::variable).toList(),
        "Unset it; 'levin fit --help' shows every argument.");
  }
}
