package io.levin.it.cluster;

import static io.levin.arguments.TrainerArguments.DEFAULT_ROOT_DIR;
import static io.levin.arguments.TrainerArguments.DEVICES;
import static io.levin.arguments.TrainerArguments.ENABLE_PROGRESS_BAR;
import static io.levin.arguments.TrainerArguments.LOGGERS;
import static io.levin.arguments.TrainerArguments.STRATEGY;
import static io.levin.arguments.TrainerArguments.THREADS;

import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.arguments.Devices;
import io.levin.launcher.Levin;
import java.util.Arrays;
import java.util.List;

/** One rank of a scenario, as a program that embeds Levin. */
public final class Rank {
  /** Exit code of a rank that failed in a way that Levin explains. */
  static final int FAILED = 3;

  final Levin levin;
  final int rank = Integer.parseInt(System.getenv("LOCAL_RANK"));
  final int size;
  final List<String> arguments;
  private final String folder;

  private Rank(Levin levin, String folder, int size, List<String> arguments) {
    this.levin = levin;
    this.folder = folder;
    this.size = size;
    this.arguments = arguments;
  }

  /** The Trainer's arguments, for a quiet run of all ranks with one thread each. */
  Arguments quiet() {
    return Arguments.none()
        .with(DEFAULT_ROOT_DIR, folder)
        .with(DEVICES, Devices.read(size))
        .with(STRATEGY, "ddp")
        .with(ENABLE_PROGRESS_BAR, false)
        .with(LOGGERS, List.of())
        .with(THREADS, 1);
  }

  static void say(String key, Object value) {
    System.out.println(key + " " + value);
    System.out.flush();
  }

  /** Folder, scenario, number of ranks, and what else the scenario needs. */
  public static void main(String[] words) throws Exception {
    int code = 0;
    try (Levin levin = Levin.start()) {
      List<String> rest = Arrays.asList(words).subList(3, words.length);
      Scenarios.run(words[1], new Rank(levin, words[0], Integer.parseInt(words[2]), rest));
    } catch (LevinException e) {
      say("FAILURE", e.getMessage() + " | " + e.hint());
      code = FAILED;
    }
    System.exit(code);
  }
}
