package io.levin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose time is up before their training is done. */
@ExtendWith(SlurmExtension.class)
class SlurmRequeueIT {
  private static final int EPOCHS = 20;
  private static final String[] FIT = {
    "fit",
    "class-names",
    "--seed=5",
    "--max-epochs=" + EPOCHS,
    "--limit-train-batches=12",
    "--limit-val-batches=2"
  };

  @TempDir Path folder;

  private static String[] fit(String... more) {
    return Stream.concat(Stream.of(FIT), Stream.of(more)).toArray(String[]::new);
  }

  private static String epoch(int number) {
    return "epoch %d/%d ".formatted(number, EPOCHS);
  }

  private static Path last(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files
          .filter(path -> path.getFileName().toString().startsWith("epoch=" + (EPOCHS - 1)))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void theTasksOfAnArrayGoOnEachByItselfToTheSameBits(Slurm slurm) throws Exception {
    SlurmJob job =
        new SlurmJob(slurm, folder)
            .with("--array=1-2")
            .with("--ntasks=2")
            .with("--output=out-%a.txt");
    String id = job.submit(fit("--strategy=ddp", "--devices=2"));
    slurm.until("task 2 trains", () -> job.output("out-2.txt").contains(epoch(2)));
    slurm.call("scancel", "--signal=USR1", id + "_2");
    slurm.until("it has started again", () -> job.output("out-2.txt").contains("resuming from"));
    slurm.until("it is done", () -> job.output("out-2.txt").contains("srun gave 0"));
    slurm.until("task 1 is done", () -> job.output("out-1.txt").contains("srun gave 0"));
    assertThat(job.output("out-2.txt"))
        .containsOnlyOnce("job %s_2 goes back into the queue".formatted(id))
        .containsOnlyOnce(epoch(1))
        .containsOnlyOnce(epoch(EPOCHS));
    assertThat(job.output("out-1.txt")).doesNotContain("resuming", "queue");
    Path untouched = job.run("job_%s_1".formatted(id));
    Path requeued = job.run("job_%s_2".formatted(id));
    assertThat(requeued.resolve("checkpoints/hpc_ckpt_1.ckpt")).exists();
    assertThat(untouched.resolve("checkpoints/hpc_ckpt_1.ckpt")).doesNotExist();
    assertThat(Bits.differences(last(untouched), last(requeued))).isEmpty();
    assertThat(requeued.resolve("metrics.csv"))
        .content()
        .as("every epoch is logged once")
        .containsOnlyOnce("\n%d,".formatted(12 * EPOCHS));
  }

  /** A job that is signalled while it trains, and what it says last. */
  private record Case(SlurmJob job, String name, String signal, int code, String says) {}

  @Test
  void jobsThatAreNotRequeuedSayWhy(Slurm slurm) throws Exception {
    List<Case> cases =
        List.of(
            new Case(job(slurm, "ended"), "a", "TERM", 143, "--ckpt-path last goes on"),
            new Case(
                job(slurm, "off"), "b", "USR1", 75, "auto-requeue of SLURMEnvironment is false"),
            new Case(job(slurm, "shell"), "bash", "USR1", 75, "this is an interactive SLURM shell"),
            new Case(job(slurm, "refused"), "c", "USR1", 75, "scontrol requeue"));
    List<String> ids = new ArrayList<>();
    for (Case one : cases) {
      one.job.with("--job-name=" + one.name);
      if (one.says.startsWith("scontrol")) {
        one.job.with("--no-requeue");
      }
      boolean isOff = one.says.startsWith("auto-requeue");
      ids.add(one.job.submit(isOff ? fit("--plugins=SLURMEnvironment:auto-requeue=false") : fit()));
    }
    for (int i = 0; i < cases.size(); i++) {
      Case one = cases.get(i);
      slurm.until(one + " trains", () -> one.job.output().contains(epoch(1)));
      slurm.call("scancel", "--signal=" + one.signal, ids.get(i));
    }
    for (Case one : cases) {
      slurm.until(one + " ends", () -> one.job.output().contains("srun gave"));
      assertThat(one.job.output())
          .contains("srun gave " + one.code, one.says)
          .doesNotContain(epoch(EPOCHS));
      assertThat(one.job.kept()).isNotEmpty();
    }
  }

  private SlurmJob job(Slurm slurm, String name) throws IOException {
    return new SlurmJob(slurm, Files.createDirectory(folder.resolve(name)));
  }
}
