package io.levin.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.cluster.ScheduledJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequeueTest {
  @TempDir Path folder;

  /** A job of an imaginary scheduler. */
  private record Job(Optional<Requeue> requeue, int restartCount) implements ScheduledJob {
    static io.levin.core.Requeue requeuedBy(String signal, String... command) {
      Requeue how = new Requeue(signal, List.of(command));
      return new io.levin.core.Requeue(Optional.of(new Job(Optional.of(how), 0)), List.of());
    }

    @Override
    public Optional<String> jobId() {
      return Optional.of("17");
    }

    @Override
    public Optional<String> jobName() {
      return Optional.empty();
    }

    @Override
    public OptionalInt cpusPerTask() {
      return OptionalInt.empty();
    }
  }

  private static Requeue unrequeued(int restartCount) {
    return new Requeue(Optional.of(new Job(Optional.empty(), restartCount)), List.of());
  }

  @Test
  void onlyTheSignalOfTheSchedulerMeansRequeue() {
    Requeue requeue = Job.requeuedBy("SIGUSR2", "true");
    assertThat(requeue.isMeantBy("signal USR2")).isTrue();
    assertThat(requeue.isMeantBy("signal USR1")).isFalse();
    assertThat(requeue.isMeantBy("signal TERM")).isFalse();
    assertThat(requeue.isMeantBy("EarlyStopping")).isFalse();
    Requeue unsaid = unrequeued(0);
    assertThat(unsaid.isMeantBy("signal USR1")).isTrue();
  }

  @Test
  void theCommandDecidesWhetherItWorked() {
    assertThat(Job.requeuedBy("SIGUSR1", "true").run()).isTrue();
    assertThat(Job.requeuedBy("SIGUSR1", "false").run()).isFalse();
    assertThat(Job.requeuedBy("SIGUSR1", folder + "/no such program").run()).isFalse();
    assertThat(unrequeued(0).run()).isFalse();
  }

  @Test
  void checkpointsAreNumberedOnAndComparedAsNumbers() throws IOException {
    assertThat(Requeue.next(folder.resolve("none"), ".ckpt")).hasFileName("hpc_ckpt_1.ckpt");
    for (String name :
        List.of(
            "hpc_ckpt_3.ckpt", "hpc_ckpt_33.safetensors.d", "hpc_ckpt.ckpt", "my_ckpt_99.ckpt")) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(Requeue.next(folder, ".ckpt")).hasFileName("hpc_ckpt_34.ckpt");
    assertThat(Requeue.isOne(folder.resolve("hpc_ckpt_3.ckpt"))).isTrue();
    assertThat(Requeue.isOne(folder.resolve("my_ckpt_99.ckpt"))).isFalse();
  }

  @Test
  void aSecondStartIsKnownByItsCount() {
    assertThat(unrequeued(1).isRestarted()).isTrue();
    assertThat(unrequeued(0).isRestarted()).isFalse();
  }
}
