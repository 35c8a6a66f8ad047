package io.levin.it.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A stranger copies the template, builds it with one command, and drops the jars in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginTemplateIT {
  private static final List<String> JARS =
      List.of("packed-checkpoint-io", "herd-environment", "wide-loss-precision");

  @TempDir private static Path folder;
  private Levin levin;
  private String build;

  @BeforeAll
  void buildItAndDropTheJarsIn() throws IOException, InterruptedException {
    TemplateBuild template = TemplateBuild.copied(folder);
    build = template.run("package");
    levin = Levin.copied(folder.resolve("levin"));
    for (String name : JARS) {
      Path jar = template.folder().resolve("%s/target/%s-1.0.0.jar".formatted(name, name));
      Files.copy(jar, levin.home().resolve("plugins").resolve(jar.getFileName()));
    }
  }

  @Test
  void itsContractsRan() {
    assertThat(build).contains("BUILD SUCCESS");
    for (String test :
        List.of(
            "PackedCheckpointIOContractTest",
            "HerdEnvironmentContractTest",
            "WideLossPrecisionPluginContractTest")) {
      assertThat(build.lines())
          .anyMatch(line -> line.matches(".*Tests run: [1-9][0-9], Failures: 0.*" + test + ".*"));
    }
  }

  @Test
  void thePluginsAreListed() {
    Levin.Outcome listed = levin.run("plugins");
    assertThat(listed.code()).as(listed.err()).isZero();
    assertThat(listed.out())
        .contains("PackedCheckpointIO", "HerdEnvironment", "WideLossPrecisionPlugin");
  }

  @Test
  void aPlanInsideAJobOfHerdTakesThem() throws IOException {
    Path job = folder.resolve("job.env");
    Files.writeString(
        job, "HERD_SIZE=1\nHERD_RANK=0\nHERD_SLOT=0\nHERD_FIELD=0\nHERD_LEAD=farm0\n");
    Levin.Outcome plan =
        levin.run(
            "plan",
            "--env-file",
            job.toString(),
            "--plugins",
            "PackedCheckpointIO,WideLossPrecisionPlugin");
    assertThat(plan.code()).as(plan.out() + plan.err()).isZero();
    assertThat(plan.out())
        .contains("HerdEnvironment", "PackedCheckpointIO", "WideLossPrecisionPlugin");
  }

  @Test
  void aFitKeepsPackedCheckpointsAndGoesOnFromThem() throws IOException {
    String runs = folder.resolve("runs").toString();
    String[] fit = {
      "fit",
      "class-names",
      "--max-epochs",
      "1",
      "--seed",
      "1",
      "--limit-train-batches",
      "4",
      "--limit-val-batches",
      "2",
      "--enable-progress-bar",
      "false",
      "--default-root-dir",
      runs,
      "--plugins",
      "PackedCheckpointIO,WideLossPrecisionPlugin"
    };
    Levin.Outcome first = levin.run(fit);
    assertThat(first.code()).as(first.out() + first.err()).isZero();
    Path kept = only(runs, "epoch=0-step=4.packed");
    Levin.Outcome verified = levin.run("ckpt", "verify", kept.toString());
    assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
    String[] further = fit.clone();
    further[3] = "2";
    Levin.Outcome second = levin.run(plus(further, "--ckpt-path", kept.toString()));
    assertThat(second.code()).as(second.out() + second.err()).isZero();
    only(runs, "epoch=1-step=8.packed");
  }

  private static Path only(String runs, String name) throws IOException {
    try (var files = Files.walk(Path.of(runs))) {
      List<Path> found = files.filter(file -> file.endsWith(name)).toList();
      assertThat(found).as(name).hasSize(1);
      return found.get(0);
    }
  }

  private static String[] plus(String[] arguments, String... more) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }
}
