package io.levin.it.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A batch job whose script runs {@code levin fit} once, by srun; each start adds to its output. */
final class SlurmJob {
  static final String LEVIN = System.getProperty("levin.distribution") + "/bin/levin";

  private final Slurm slurm;
  private final Path folder;
  private final List<String> options = new ArrayList<>();

  /**
   * @param folder where the script, the output and the runs are
   */
  SlurmJob(Slurm slurm, Path folder) {
    this.slurm = slurm;
    this.folder = folder;
  }

  /** An option of sbatch. */
  SlurmJob with(String option) {
    options.add(option);
    return this;
  }

  /** Submits the job, and gives its number. */
  String submit(String... arguments) throws IOException {
    Path script = folder.resolve("job.sh");
    Files.writeString(
        script,
        "#!/bin/sh\nsrun %s %s\ncode=$?\necho srun gave $code\nexit $code\n"
            .formatted(LEVIN, String.join(" ", arguments)));
    List<String> command =
        new ArrayList<>(
            List.of(
                "sbatch",
                "--parsable",
                "--requeue",
                "--open-mode=append",
                "--chdir=" + folder,
                "--output=output.txt"));
    command.addAll(options);
    command.add(script.toString());
    return slurm.call(command.toArray(String[]::new)).strip();
  }

  /** What the starts of the job have written so far. */
  String output() throws IOException {
    return output("output.txt");
  }

  /** The same of an array's task, where an option names its file so. */
  String output(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** The checkpoints of all its runs. */
  List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".ckpt")).toList();
    }
  }

  Path run(String name) {
    return folder.resolve("levin_runs").resolve(name);
  }
}
