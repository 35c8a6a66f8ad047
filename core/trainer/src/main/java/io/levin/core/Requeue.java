package io.levin.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.levin.LevinException;
import io.levin.cluster.ScheduledJob;
import io.levin.plan.Decision;
import io.levin.plan.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run does when its scheduler announces the end of its time: it keeps a checkpoint at the
 * next step boundary, and puts the job back into the queue. The next start of the job goes on from
 * that checkpoint.
 */
final class Requeue {
  private static final Logger LOG = LoggerFactory.getLogger(Requeue.class);
  private static final String USUAL_SIGNAL = "SIGUSR1";
  private static final Pattern NUMBERED = Pattern.compile("hpc_ckpt_([0-9]{1,9})\\..*");
  private static final int SECONDS = 60;

  private final Optional<ScheduledJob> job;
  private final List<Decision> decisions;

  /**
   * @param job of this run, where a scheduler started it
   * @param decisions of the plan, which say what the cluster environment is and is not
   */
  Requeue(Optional<ScheduledJob> job, List<Decision> decisions) {
    this.job = job;
    this.decisions =
        decisions.stream()
            .filter(decision -> decision.family() == Family.CLUSTER_ENVIRONMENT)
            .toList();
  }

  Optional<ScheduledJob> job() {
    return job;
  }

  /** Whether this is the job's second start or a later one. */
  boolean isRestarted() {
    return job.filter(known -> known.restartCount() > 0).isPresent();
  }

  /**
   * Whether a run that ends for this reason is to be requeued.
   *
   * @param reason {@code signal NAME} for signals
   */
  boolean isMeantBy(String reason) {
    String signal =
        job.flatMap(ScheduledJob::requeue).map(ScheduledJob.Requeue::signal).orElse(USUAL_SIGNAL);
    return ("signal " + signal.replaceFirst("^SIG", "")).equals(reason);
  }

  /** The next of {@code hpc_ckpt_1}, {@code hpc_ckpt_2}, …, which is what Lightning calls them. */
  static Path next(Path folder, String suffix) {
    int newest = 0;
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        newest = files.mapToInt(Requeue::number).max().orElse(0);
      } catch (IOException e) {
        throw LevinException.resource("Cannot list '%s'.".formatted(folder), "", e);
      }
    }
    return folder.resolve("hpc_ckpt_" + (newest + 1) + suffix);
  }

  static boolean isOne(Path checkpoint) {
    return number(checkpoint) > 0;
  }

  private static int number(Path checkpoint) {
    Matcher matcher = NUMBERED.matcher(checkpoint.getFileName().toString());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /**
   * Puts the job back, and says so or why not.
   *
   * @return whether it is back in the queue
   */
  boolean run() {
    Optional<ScheduledJob.Requeue> how = job.flatMap(ScheduledJob::requeue);
    String id = job.flatMap(ScheduledJob::runId).map(name -> "job " + name).orElse("this run");
    // Said before: where it works, the scheduler ends this process at once.
    how.ifPresent(
        requeue ->
            LOG.info(
                "{} goes back into the queue, to go on from its checkpoint: {}",
                id,
                String.join(" ", requeue.command())));
    String why = how.isPresent() ? ask(how.get().command()) : whyNot();
    if (!why.isEmpty()) {
      LOG.warn(
          "{} is not put back into a queue: {}. The same command with --ckpt-path last goes on",
          id,
          why);
    }
    return why.isEmpty();
  }

  private String whyNot() {
    if (job.isPresent()) {
      return job.get().whyNotRequeued();
    }
    // Nothing is to be said of schedulers that left no trace at all.
    String traces =
        decisions.stream()
            .filter(decision -> decision.verdict() == Decision.Verdict.NOT_CONCERNED)
            .filter(decision -> !decision.why().isEmpty() && !decision.why().endsWith(" not set"))
            .map(decision -> "; of " + decision.name() + ", " + decision.why())
            .collect(Collectors.joining());
    String chosen =
        decisions.stream()
            .filter(decision -> decision.verdict() == Decision.Verdict.CHOSEN)
            .map(Decision::name)
            .findFirst()
            .orElse("its environment");
    return "%s has none%s".formatted(chosen, traces);
  }

  /** Empty when it worked, else why it did not. */
  private static String ask(List<String> command) {
    String asked = "'%s'".formatted(String.join(" ", command));
    try {
      Path said = Files.createTempFile("levin-requeue", ".txt");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return "%s did not answer within %d s".formatted(asked, SECONDS);
        }
        int code = process.exitValue();
        String text = Files.readString(said, UTF_8).strip().replace('\n', ' ');
        return code == 0 ? "" : "%s ended with code %d: %s".formatted(asked, code, text);
      } finally {
        Files.deleteIfExists(said);
      }
    } catch (IOException e) {
      return "%s cannot be run: %s".formatted(asked, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "%s was interrupted".formatted(asked);
    }
  }
}
