package io.levin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.cli.plan.OffersOnClassPath;
import io.levin.core.planner.Offered;
import io.levin.job.Job;
import io.levin.job.JobOption;
import io.levin.launcher.PluginFolder;
import io.levin.launcher.Stop;
import io.levin.trainer.Trainers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs command lines in this process, with jobs of its own and no bundles. */
final class CommandLines {
  record Outcome(int code, String out, String err) {}

  /** A job that reads nothing: enough for everything that comes before training. */
  private record CountingJob(String name, List<JobOption> options) implements Job {
    @Override
    public String description() {
      return "counts";
    }

    @Override
    public Arguments defaults() {
      return Arguments.none().with(TrainerArguments.MAX_EPOCHS, 7);
    }

    @Override
    public Task prepare(Map<String, String> given) {
      throw LevinException.user("prepared with " + new java.util.TreeMap<>(given), "");
    }
  }

  private record FixedServices(List<Job> jobs) implements Services {
    @Override
    public List<io.levin.checkpoint.CheckpointIO> formats() {
      return List.of();
    }

    @Override
    public List<Offered> offers() {
      return OffersOnClassPath.find();
    }

    @Override
    public Trainers trainers() {
      throw LevinException.environment("no Trainer here", "");
    }

    @Override
    public List<Installed> bundles() {
      return List.of();
    }

    @Override
    public Optional<PluginFolder> plugins() {
      return Optional.empty();
    }

    @Override
    public List<String> settings(String bundle) {
      return List.of();
    }

    @Override
    public List<String> troubles() {
      return List.of();
    }
  }

  private final Map<String, String> environment = new HashMap<>();
  private final Path home;

  CommandLines(Path home) {
    this.home = home;
  }

  CommandLines with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Session session(PrintStream out, PrintStream err) {
    List<Job> jobs =
        List.of(
            new CountingJob(
                "count",
                List.of(
                    new JobOption("size", "N", "10", false, "how many"),
                    new JobOption("data", "DIR", null, true, "where from"))),
            new CountingJob(
                "weigh", List.of(new JobOption("scale", "X", null, false, "how finely"))));
    return new Session(new FixedServices(jobs), environment, home, out, err, new Stop(), List.of());
  }

  Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new LevinCommand("1.0.0")
            .run(
                List.of(arguments),
                session(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)));
    return new Outcome(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
