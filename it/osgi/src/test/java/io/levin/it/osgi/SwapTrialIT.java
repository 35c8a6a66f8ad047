package io.levin.it.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.benchmarks.swap.SwapTrial;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short one of the trials that it/benchmarks makes at length. */
class SwapTrialIT {
  @TempDir Path folder;

  @Test
  void noSaveOfFiveFitsIsLostWhileBackendsComeAndGo() throws Exception {
    int changes = Integer.getInteger("levin.swaps", 36);
    Map<String, Object> found =
        SwapTrial.run(Path.of(System.getProperty("levin.distribution")), folder, changes);
    found.forEach((name, value) -> System.out.printf("%-28s %s%n", name, value));
    assertThat(found.get("failures")).isEqualTo(List.of());
    assertThat(found.get("changes")).isEqualTo(changes);
    assertThat((Map<?, ?>) found.get("ways")).hasSize(9);
    assertThat((Map<?, ?>) found.get("by backend")).hasSize(3);
  }
}
