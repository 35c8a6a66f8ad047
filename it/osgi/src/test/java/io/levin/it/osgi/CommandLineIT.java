package io.levin.it.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.it.osgi.Levin.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a process: answers, exit codes, and what it says to bad input. */
class CommandLineIT {
  private static final String SLURM =
      """
      SLURM_NTASKS=4
      SLURM_JOB_ID=4242
      SLURM_JOB_NAME=train
      SLURM_NODELIST=n[1-2]
      SLURM_PROCID=3
      SLURM_LOCALID=1
      SLURM_NODEID=1
      SLURM_NTASKS_PER_NODE=2
      """;

  @TempDir Path folder;

  @Test
  void helpNamesEveryCommand() {
    Outcome help = Levin.built().run("--help");
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .contains("fit", "validate", "test", "predict", "plan", "env", "plugins", "doctor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "--version", "plan", "env", "plugins", "ckpt ls .", "fit --help"})
  void answersLoadNoLibtorch(String arguments) throws IOException {
    Path classes = folder.resolve("classes.txt");
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Outcome outcome =
        Levin.built()
            .with("JAVA_OPTS", "-Xlog:class+load:file=" + classes)
            .with("DJL_CACHE_DIR", cache.toString())
            .run(arguments.split(" "));
    assertThat(outcome.err()).isEmpty();
    assertThat(Files.readString(classes))
        .contains("io.levin.cli.Program")
        .doesNotContain("ai.djl.pytorch.jni.LibUtils", "ai.djl.engine.Engine ");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void doctorLoadsTheEngineAndSaysWhatIsMissing() {
    Outcome doctor = Levin.built().run("doctor");
    assertThat(doctor.code()).as(doctor.err()).isZero();
    assertThat(doctor.out())
        .containsPattern("[+] libtorch +2[.]7[.]1")
        .containsPattern("[+] cpu +CPUAccelerator")
        .containsPattern("- gpu +Accelerator gpu is not available")
        .contains("=> Give --accelerator cpu")
        .containsPattern("[+] ddp +DDPStrategy");
  }

  @Test
  void planOfThisMachineSucceeds() {
    Outcome plan = Levin.built().run("plan");
    assertThat(plan.code()).as(plan.out() + plan.err()).isZero();
    assertThat(plan.out()).contains("CPUAccelerator", "SingleDeviceStrategy", "PrecisionPlugin");
  }

  @Test
  void jsonIsOneDocument() throws IOException {
    for (String verb : List.of("plan", "env", "plugins", "doctor")) {
      Outcome outcome = Levin.built().run(verb, "--json");
      assertThat(outcome.code()).as(verb).isZero();
      assertThat(new ObjectMapper().readTree(outcome.out()).isObject()).as(verb).isTrue();
    }
  }

  @Test
  void anotherPlaceIsPlannedFromItsDescription() throws IOException {
    Path job = Files.writeString(folder.resolve("job.env"), SLURM);
    Outcome env =
        Levin.built().run("env", "--json", "--env-file", job.toString(), "--hostname", "n2");
    assertThat(env.code()).as(env.out()).isZero();
    JsonNode answers = new ObjectMapper().readTree(env.out());
    assertThat(answers.get("environment").asText()).isEqualTo("SLURMEnvironment");
    assertThat(answers.get("world_size").asInt()).isEqualTo(4);
    assertThat(answers.get("global_rank").asInt()).isEqualTo(3);
  }

  @Test
  void aMissingVariableIsAProblem() throws IOException {
    Path job = Files.writeString(folder.resolve("job.env"), SLURM.replace("SLURM_PROCID=3", ""));
    Outcome env = Levin.built().run("env", "--environment", "slurm", "--env-file", job.toString());
    assertThat(env.code()).isEqualTo(1);
    assertThat(env.out()).contains("SLURM_PROCID");
  }

  @Test
  void aBatchIsAnsweredLineByLine() throws IOException {
    Path requests =
        Files.writeString(
            folder.resolve("jobs"),
            """
            {"id":"a","hardware":"gpu=4","arguments":{"accelerator":"gpu","devices":4}}
            {"id":"b","hardware":"cpu","arguments":{"accelerator":"gpu"}}
            no json
            """);
    Outcome outcome = Levin.built().run("plan", "--batch", requests.toString());
    assertThat(outcome.code()).isZero();
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("{\"id\":\"a\",\"ok\":true");
    assertThat(lines.get(1)).startsWith("{\"id\":\"b\",\"ok\":false");
    assertThat(lines.get(2)).startsWith("{\"id\":null,\"ok\":false").contains("Line 3");
  }

  @Test
  void aConflictEndsWithTwo() {
    Outcome plan = Levin.built().run("plan", "--hardware", "cpu", "--accelerator", "tpu");
    assertThat(plan.code()).isEqualTo(2);
    assertThat(plan.out() + plan.err()).contains("tpu");
  }

  @Test
  void anUnknownCommandIsCorrected() {
    refuses("There is no command 'pln'", "Did you mean plan?", "pln");
  }

  @Test
  void anUnknownFlagIsCorrected() {
    refuses("Unknown flag --max-epoch.", "Did you mean --max-epochs?", "fit", "--max-epoch", "3");
  }

  @Test
  void aBadValueIsNamedWithItsFlag() {
    refuses(
        "Cannot read max-epochs 'many' (--max-epochs)",
        "--max-epochs N",
        "plan",
        "--max-epochs",
        "many");
  }

  @Test
  void anUnknownVariableIsCorrected() {
    Outcome outcome = Levin.built().with("LEVIN_PRECISON", "16").run("plan");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("Unknown environment variable LEVIN_PRECISON", "Did you mean LEVIN_PRECISION?");
  }

  @Test
  void anUnknownKeyIsCorrected() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), "max_epoch: 3\n");
    refuses(
        "Unknown key 'max_epoch' in run.yaml",
        "Did you mean max-epochs?",
        "plan",
        "--config",
        file.toString());
  }

  @Test
  void aBrokenFileIsNamedWithTheLine() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), "seed: 1\nprecision: [16\n");
    Outcome outcome = Levin.built().run("plan", "--config", file.toString());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Cannot read '" + file + "': line ").doesNotContain("\tat ");
  }

  @Test
  void aMissingFileIsNamed() {
    refuses(
        "Cannot read 'nowhere.yaml': there is no such file",
        "--config",
        "plan",
        "--config",
        "nowhere.yaml");
  }

  @Test
  void anUnknownJobIsRefused() {
    refuses("There is no job 'no-such-job'", "plugins", "fit", "no-such-job");
  }

  @Test
  void flagsBeatVariablesAndTheseBeatFiles() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("run.yaml"), "seed: 1\nmax_epochs: 1\nnum-nodes: 1\nprecision: 64\n");
    Outcome outcome =
        Levin.built()
            .with("LEVIN_SEED", "2")
            .with("LEVIN_MAX_EPOCHS", "2")
            .run("fit", "--config", file.toString(), "--seed=3", "--print-config");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "seed: 3 # --seed",
            "max-epochs: 2 # LEVIN_MAX_EPOCHS",
            "precision: \"64\" # run.yaml",
            "min-epochs: null # default");
  }

  @Test
  void aPrintedConfigurationIsAConfiguration() throws IOException {
    String[] flags = {
      "--devices=0,1",
      "--limit-train-batches=0.5",
      "--limit-val-batches=3",
      "--deterministic",
      "--plugins=NativeMixedPrecisionPlugin:precision=bf16",
      "--loggers=csv",
      "--fast-dev-run"
    };
    List<String> first = new ArrayList<>(List.of("fit", "--print-config"));
    first.addAll(List.of(flags));
    String printed = Levin.built().run(first.toArray(String[]::new)).out();
    Path file = Files.writeString(folder.resolve("again.yaml"), printed);
    Outcome again = Levin.built().run("fit", "--print-config", "--config", file.toString());
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(values(again.out())).isEqualTo(values(printed));
    assertThat(printed).contains("\"0,1\"", "limit-train-batches: 0.5", "fast-dev-run: 1");
  }

  @Test
  void temporaryFilesAreRemoved() throws IOException {
    Outcome outcome = Levin.built().with("JAVA_OPTS", "-Djava.io.tmpdir=" + folder).run("plugins");
    assertThat(outcome.code()).isZero();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private static List<String> values(String printed) {
    return printed.lines().map(line -> line.replaceAll(" *#.*", "")).toList();
  }

  private static void refuses(String message, String hint, String... arguments) {
    Outcome outcome = Levin.built().run(arguments);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("levin: " + message).contains(hint);
    assertThat(outcome.err().lines()).hasSizeLessThanOrEqualTo(3);
  }
}
