package io.levin.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.cli.plan.OffersOnClassPath;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {
  @TempDir Path root;

  @Test
  void limitsAreReadFromLinux() throws IOException {
    Path self = Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(
        self.resolve("limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max file size             1048576              unlimited            bytes
        Max processes             100                  100                  processes
        Max open files            256                  4096                 files
        Max address space         unlimited            unlimited            bytes
        """);
    Files.writeString(root.resolve("proc/mounts"), "tmpfs / tmpfs rw,nosuid,noexec 0 0\n");
    List<Finding> findings = new Places(Map.of(), new SystemFiles(root)).look();
    assertThat(findings)
        .filteredOn(finding -> finding.name().equals("size of a file"))
        .singleElement()
        .matches(finding -> finding.level() == Finding.Level.LACK)
        .matches(finding -> finding.advice().contains("ulimit -f unlimited"));
    assertThat(findings)
        .filteredOn(finding -> finding.level() == Finding.Level.NOTE)
        .extracting(Finding::name)
        .containsExactly("open files", "threads");
    assertThat(findings)
        .filteredOn(finding -> finding.name().equals("temporary files"))
        .singleElement()
        .matches(finding -> finding.what().endsWith("mounted noexec"));
  }

  @Test
  void aMachineWithFewProcessorsToGiveSaysSo() throws IOException {
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(root.resolve("proc/cpuinfo"), "processor\t: 0\n".repeat(1000));
    List<Finding> findings =
        new Machine(Map.of("OMP_NUM_THREADS", "3"), new SystemFiles(root)).look();
    assertThat(findings)
        .filteredOn(finding -> finding.name().equals("processors"))
        .singleElement()
        .matches(finding -> finding.what().contains("of the machine's 1000"))
        .matches(finding -> finding.what().contains("OMP_NUM_THREADS is 3"));
  }

  @Test
  void everyWordIsAskedForOnEachAcceleratorThatIsThere() {
    Surroundings place = Surroundings.of(Map.of(), "here", Hardware.of(Map.of("gpu", 2)));
    Abilities abilities = new Abilities(OffersOnClassPath.find(), place);
    assertThat(abilities.accelerators())
        .filteredOn(finding -> finding.name().equals("tpu"))
        .singleElement()
        .matches(finding -> finding.level() == Finding.Level.LACK)
        .matches(finding -> finding.advice().contains("--emulate"));
    Map<String, List<Finding>> all = abilities.byAccelerator();
    assertThat(all).containsKeys("Precisions on cpu", "Strategies on gpu");
    assertThat(all.get("Precisions on cpu"))
        .filteredOn(finding -> finding.name().equals("16"))
        .singleElement()
        .matches(finding -> finding.level() == Finding.Level.NOTE);
    assertThat(all.get("Precisions on gpu"))
        .filteredOn(finding -> finding.name().equals("64"))
        .singleElement()
        .matches(finding -> finding.what().startsWith("DoublePrecisionPlugin"));
  }
}
