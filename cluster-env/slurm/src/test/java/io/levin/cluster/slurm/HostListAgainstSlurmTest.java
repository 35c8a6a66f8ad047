package io.levin.cluster.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the parser against SLURM's own, where {@code scontrol} is installed. */
class HostListAgainstSlurmTest {
  private static final int BATCHES = 20;
  private static final int LISTS_IN_A_BATCH = 250;

  @TempDir private Path folder;

  @BeforeEach
  void scontrolIsThere() throws IOException {
    assumeTrue(
        List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
            .anyMatch(place -> Files.isExecutable(Path.of(place, "scontrol"))),
        "scontrol (slurm-client) is not installed");
    Files.writeString(folder.resolve("slurm.conf"), "ClusterName=test\nSlurmctldHost=localhost\n");
  }

  @Test
  void expandsFiveThousandListsAsSlurmDoes() throws Exception {
    Random random = new Random(42);
    for (int batch = 0; batch < BATCHES; batch++) {
      List<String> lists = new ArrayList<>();
      for (int i = 0; i < LISTS_IN_A_BATCH; i++) {
        lists.add(list(random));
      }
      // SLURM reads one long list as it reads its parts; a marker keeps the parts apart.
      String all = String.join(",MARK,", lists);
      assertThat(HostList.parse(all).hosts()).isEqualTo(scontrol(all));
      List<String> ours = new ArrayList<>();
      for (String list : lists) {
        HostList parsed = HostList.parse(list);
        assertThat(parsed.first()).isEqualTo(parsed.hosts().get(0));
        ours.addAll(parsed.hosts());
      }
      assertThat(ours)
          .isEqualTo(scontrol(all).stream().filter(host -> !host.equals("MARK")).toList());
    }
  }

  private List<String> scontrol(String list) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    ProcessBuilder command =
        new ProcessBuilder("scontrol", "show", "hostnames", list)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    command.environment().put("SLURM_CONF", folder.resolve("slurm.conf").toString());
    assertThat(command.start().waitFor()).describedAs("scontrol for %s", list).isZero();
    return Files.readAllLines(out);
  }

  private static String list(Random random) {
    List<String> entries = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      entries.add(entry(random));
    }
    return String.join(random.nextInt(5) == 0 ? " " : ",", entries);
  }

  /** A name that ends in its last group, if it has one: SLURM allows nothing behind it. */
  private static String entry(Random random) {
    String[] names = {"n", "node", "rack0", "gpu-", "a.b-", "x_", "c1-2-"};
    StringBuilder entry = new StringBuilder(names[random.nextInt(names.length)]);
    int groups = random.nextInt(4);
    for (int g = 0; g < groups; g++) {
      entry.append(g == 0 ? "" : names[random.nextInt(names.length)]).append('[');
      for (int r = random.nextInt(3); r >= 0; r--) {
        entry.append(range(random)).append(r == 0 ? "]" : ",");
      }
    }
    return groups == 0 ? entry.append(random.nextInt(100)).toString() : entry.toString();
  }

  private static String range(Random random) {
    int low = random.nextInt(random.nextBoolean() ? 12 : 200);
    String width = "%0" + (1 + random.nextInt(4)) + "d";
    String start = width.formatted(low);
    return random.nextBoolean() ? start : start + "-" + width.formatted(low + random.nextInt(6));
  }
}
