package io.levin.it.osgi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.it.osgi.Levin.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins and backends that change under a running fit, by the command line and the folder. */
class SwapIT {
  private static final int EPOCHS = 400;

  @TempDir Path folder;
  private Process fit;
  private BufferedReader said;
  private final List<String> lines = new ArrayList<>();

  @AfterEach
  void end() {
    if (fit != null) {
      fit.destroyForcibly();
    }
  }

  private Levin levin() throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    return Levin.copied(folder.resolve("levin")).with("JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
  }

  /** A fit of many short epochs, each of which keeps a checkpoint. */
  private void fit(Levin levin, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "fit",
                "class-names",
                "--seed=1",
                "--max-epochs=" + EPOCHS,
                "--limit-train-batches=3",
                "--limit-val-batches=1",
                "--callbacks=model-checkpoint:save_top_k=-1",
                "--default-root-dir=" + folder));
    words.addAll(List.of(more));
    fit = levin.start(words.toArray(String[]::new));
    said = new BufferedReader(new InputStreamReader(fit.getErrorStream(), UTF_8));
  }

  /** Reads on to the line that is wanted. */
  private String await(Predicate<String> wanted) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      lines.add(line);
      if (wanted.test(line)) {
        return line;
      }
    }
    throw new AssertionError("it did not say so: " + lines);
  }

  /** One whole epoch, which ends with a checkpoint. */
  private void awaitACheckpoint() throws IOException {
    await(line -> line.startsWith("epoch "));
    await(line -> line.startsWith("epoch "));
  }

  /** Waits for the end; gives the summary, after a look at every checkpoint. */
  private JsonNode summary(Levin levin) throws Exception {
    said.lines().forEach(lines::add);
    assertThat(fit.waitFor()).as(String.join("\n", lines)).isZero();
    Path run = folder.resolve("levin_runs/version_0");
    List<String> names;
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      names = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    assertThat(names).hasSize(EPOCHS);
    assertThat(names.stream().map(name -> name.replaceFirst("-step.*", "")).distinct())
        .as("one for every epoch")
        .hasSize(EPOCHS);
    for (String name : names) {
      if (name.endsWith(".sums")) {
        assertThat(run.resolve("checkpoints").resolve(name)).content().endsWith("end\n");
      }
    }
    List<String> verify = new ArrayList<>(List.of("ckpt", "verify"));
    names.stream()
        .filter(name -> !name.endsWith(".sums"))
        .forEach(name -> verify.add(run.resolve("checkpoints").resolve(name).toString()));
    Outcome outcome = levin.run(verify.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    return new ObjectMapper().readTree(run.resolve("summary.json").toFile());
  }

  private static long taken(JsonNode summary, String backend) {
    long count = 0;
    for (JsonNode by : summary.get("checkpoints_by")) {
      count += by.asText().startsWith(backend) ? 1 : 0;
    }
    return count;
  }

  @Test
  void anotherBackendIsAskedForTwice() throws Exception {
    Levin levin = levin();
    assertThat(levin.run("swap", "checkpoint-io", "safetensors").err())
        .startsWith("levin: No fit of yours is running on this machine.");
    fit(levin);
    await(line -> line.startsWith("epoch 5/"));
    Outcome first = levin.run("swap", "checkpoint-io", "safetensors");
    assertThat(first.err()).isEmpty();
    assertThat(first.out())
        .contains("class-names", "checkpoints go to SafetensorsCheckpointIO of bundle io.levin");
    await(line -> line.contains("checkpoints go to SafetensorsCheckpointIO"));
    Outcome wrong = levin.run("swap", "checkpoint-io", "nope");
    assertThat(wrong.code()).isNotZero();
    assertThat(wrong.err()).contains("No installed bundle offers a CheckpointIO 'nope'", "Torch");
    assertThat(levin.run("swap", "checkpoint-io", "TorchCheckpointIO").code()).isZero();
    JsonNode summary = summary(levin);
    assertThat(summary.at("/checkpoint_backend/swaps").asInt()).isEqualTo(2);
    assertThat(taken(summary, "SafetensorsCheckpointIO")).isPositive();
    assertThat(taken(summary, "TorchCheckpointIO") + taken(summary, "SafetensorsCheckpointIO"))
        .isEqualTo(EPOCHS);
  }

  @Test
  void aBetterBackendIsDroppedInUpdatedAndTakenAway() throws Exception {
    Levin levin = levin();
    fit(levin);
    await(line -> line.startsWith("epoch 3/"));
    Path jar = levin.home().resolve("plugins/mine.jar");
    PluginJar.write(jar, "1.0.0", 5);
    await(
        line ->
            line.contains("checkpoints go to DroppedCheckpointIO of bundle org.example.dropped"));
    Path next = PluginJar.write(folder.resolve("next.jar"), "1.1.0", 6);
    Files.move(next, jar, StandardCopyOption.REPLACE_EXISTING);
    await(line -> line.equals("levin: plugin mine.jar is updated: org.example.dropped 1.1.0"));
    Files.delete(jar);
    await(line -> line.equals("levin: plugin mine.jar is out: org.example.dropped 1.1.0"));
    JsonNode summary = summary(levin);
    assertThat(lines).anyMatch(line -> line.contains("checkpoints go to TorchCheckpointIO"));
    assertThat(taken(summary, "DroppedCheckpointIO")).isPositive();
    assertThat(taken(summary, "TorchCheckpointIO")).isPositive();
    assertThat(summary.at("/checkpoint_backend/given_up_waiting").asInt()).isZero();
  }

  @Test
  void aFileOfSettingsRanksAnotherBackendHigher() throws Exception {
    Levin levin = levin();
    fit(levin);
    await(line -> line.startsWith("epoch 3/"));
    Path settings = Files.createDirectories(levin.home().resolve("conf/plugins"));
    Path file = settings.resolve("SafetensorsCheckpointIO.yaml");
    Files.writeString(file, "service.ranking: 100\n");
    await(line -> line.contains("checkpoints go to SafetensorsCheckpointIO"));
    awaitACheckpoint();
    Files.writeString(file, "service.ranking: very high\n");
    assertThat(await(line -> line.contains("SafetensorsCheckpointIO.yaml is left out:")))
        .contains("service.ranking is 'very high', but must be a whole number");
    Files.delete(file);
    await(line -> line.contains("checkpoints go to TorchCheckpointIO"));
    JsonNode summary = summary(levin);
    assertThat(taken(summary, "SafetensorsCheckpointIO")).isPositive();
    assertThat(taken(summary, "TorchCheckpointIO")).isPositive();
  }

  @Test
  void aRunKeepsAPartWhosePluginIsTakenAway() throws Exception {
    Levin levin = levin();
    Path jar = PluginJar.precision(levin.home().resolve("plugins/kept.jar"));
    fit(levin, "--plugins=KeptPrecisionPlugin");
    await(line -> line.startsWith("epoch 3/"));
    Outcome asked = levin.run("plugins", "remove", "KeptPrecisionPlugin");
    assertThat(asked.code()).isEqualTo(2);
    assertThat(asked.err())
        .contains("kept.jar is in use:", "Run ", "class-names", " uses it.", "Give --yes");
    assertThat(jar).exists();
    Outcome removed = levin.run("plugins", "remove", "KeptPrecisionPlugin", "--yes");
    assertThat(removed.out()).contains("kept.jar is removed.", "no longer has it.");
    await(
        line ->
            line.contains(
                "KeptPrecisionPlugin of bundle org.example.kept is withdrawn; the run that goes on"
                    + " keeps its PrecisionPlugin until it ends"));
    await(line -> line.contains("plugin kept.jar is kept in memory until the run in "));
    summary(levin);
    assertThat(lines).contains("its last class was there");
  }

  @Test
  void aPluginIsInstalledIntoARunningFit() throws Exception {
    Levin levin = levin();
    fit(levin);
    await(line -> line.startsWith("epoch 3/"));
    Path jar = PluginJar.write(folder.resolve("mine.jar"), "1.0.0", 5);
    Outcome installed = levin.run("plugins", "install", jar.toString());
    assertThat(installed.err()).isEmpty();
    assertThat(installed.out())
        .contains("org.example.dropped 1.0.0 is installed: ", "Run ", "class-names", " has it.");
    await(line -> line.contains("checkpoints go to DroppedCheckpointIO"));
    awaitACheckpoint();
    Outcome removed = levin.run("plugins", "remove", "mine");
    assertThat(removed.out()).contains("mine.jar is removed.", " no longer has it.");
    JsonNode summary = summary(levin);
    assertThat(taken(summary, "DroppedCheckpointIO")).isPositive();
  }

  @Test
  void whatMayNotBeInIsLeftOutAndTheFitGoesOn() throws Exception {
    Levin levin = levin();
    Path jar = PluginJar.write(folder.resolve("mine.jar"), "1.0.0", 5);
    byte[] whole = Files.readAllBytes(jar);
    Files.writeString(levin.home().resolve("conf/plugins.allow"), sha256(whole) + "  mine.jar\n");
    fit(levin);
    await(line -> line.startsWith("epoch 3/"));
    Path plugins = levin.home().resolve("plugins");
    Files.createSymbolicLink(plugins.resolve("link.jar"), jar);
    await(line -> line.contains("plugin link.jar is left out: it is a symbolic link."));
    Path other = PluginJar.write(folder.resolve("other.jar"), "2.0.0", 5);
    Files.copy(other, plugins.resolve("other.jar"));
    String refused = await(line -> line.contains("plugin other.jar is left out:"));
    assertThat(refused)
        .contains("plugins.allow does not allow it")
        .contains("add the line " + sha256(Files.readAllBytes(other)));
    // Half a jar is not on the list; whole, it is.
    Files.write(plugins.resolve("mine.jar"), java.util.Arrays.copyOf(whole, whole.length / 2));
    await(line -> line.contains("plugin mine.jar is left out:"));
    Files.write(plugins.resolve("mine.jar"), whole);
    await(line -> line.contains("plugin mine.jar is in: org.example.dropped 1.0.0"));
    summary(levin);
  }

  @Test
  void aHundredBrokenJarsDoNotDisturbAFit() throws Exception {
    Levin levin = levin();
    fit(levin);
    await(line -> line.startsWith("epoch 3/"));
    byte[] whole = Files.readAllBytes(PluginJar.write(folder.resolve("mine.jar"), "1.0.0", -5));
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      byte[] mutated = whole.clone();
      for (int k = 0; k <= i % 20; k++) {
        mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(levin.home().resolve("plugins/broken%d.jar".formatted(i)), mutated);
    }
    await(line -> line.contains("plugin broken99.jar is"));
    summary(levin);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
