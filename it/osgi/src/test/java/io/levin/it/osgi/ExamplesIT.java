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
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example jobs, run as a user runs them, in a folder with a space in its name. */
class ExamplesIT {
  @TempDir Path folder;

  @Test
  void helpListsTheJobs() {
    assertThat(Levin.built().run("fit", "--help").out())
        .contains("class-names", "class-name-writer", "text", "csv");
  }

  @Test
  void classNamesReportsWhatItConfuses() throws IOException {
    Outcome fit = fit("class-names", "--limit-train-batches", "20", "--seed", "1");
    assertThat(fit.out())
        .contains("held-out class names, by class:", "java.base", "java.desktop")
        .contains("Some that it got right:", "Always saying java.base:");
    JsonNode summary = summary();
    assertThat(summary.path("verb").asText()).isEqualTo("fit");
    assertThat(summary.path("global_step").asInt()).isEqualTo(20);
    assertThat(summary.path("metrics").path("val_acc").asDouble()).isGreaterThan(0.5);
    assertThat(summary.path("metrics").path("train_loss").asDouble()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"32", "64"})
  void theWriterWritesTwentyNames(String precision) throws IOException {
    Outcome fit =
        fit(
            "class-name-writer",
            "--precision",
            precision,
            "--limit-train-batches",
            "40",
            "--limit-val-batches",
            "2");
    List<String> names = fit.out().lines().filter(line -> line.matches("  \\S+")).toList();
    assertThat(fit.out()).contains("Names of classes that this JDK does not have:");
    assertThat(names).hasSize(20).doesNotHaveDuplicates();
    assertThat(summary().path("metrics").path("val_loss").asDouble()).isBetween(1.0, 3.8);
  }

  @Test
  void textsAreToldApart() throws IOException {
    Path data = Files.createDirectories(folder.resolve("my texts"));
    write(data.resolve("sums/1.txt"), i -> "number %d plus one is %d".formatted(i, i + 1));
    write(data.resolve("songs/1.txt"), i -> "sing la la %d times".formatted(i));
    fit("text", "--data", data.toString(), "--lines", "1", "--batch-size", "16");
    assertThat(summary().path("metrics").path("val_acc").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void amountsOfATableAreLearned() throws IOException {
    Path data = folder.resolve("my sums.csv");
    write(data, i -> i == 0 ? "a;b;sum" : "%d;%d;%d".formatted(i % 17, i % 5, i % 17 + i % 5));
    Outcome fit =
        fit(
            "csv",
            "--data",
            data.toString(),
            "--separator",
            ";",
            "--label",
            "sum",
            "--task",
            "regression",
            "--batch-size",
            "4");
    assertThat(fit.out()).contains("held-out lines:", "mean squared error", "always saying");
    assertThat(summary().path("metrics").path("val_mse").asDouble()).isLessThan(20);
  }

  @Test
  void aBrokenTableIsOneError() throws IOException {
    Path data = Files.writeString(folder.resolve("broken.csv"), "a,b\n1,x\n2\n");
    Outcome fit = start("csv", "--data", data.toString(), "--label", "b");
    assertThat(fit.code()).isEqualTo(1);
    assertThat(fit.err())
        .startsWith("levin: '%s', line 3: 1 cells, but the header has 2".formatted(data));
    assertThat(fit.err().lines()).hasSize(2);
  }

  private Outcome fit(String job, String... arguments) {
    Outcome outcome = start(job, arguments);
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    return outcome;
  }

  private Outcome start(String job, String... arguments) {
    List<String> all = new ArrayList<>(List.of("fit", job, "--max-epochs=1", "--threads=1"));
    all.addAll(List.of("--default-root-dir", folder.resolve("my runs").toString()));
    all.addAll(List.of(arguments));
    return Levin.built().run(all.toArray(String[]::new));
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve("my runs/levin_runs/version_0/summary.json").toFile());
  }

  private static void write(Path file, IntFunction<String> line) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, IntStream.range(0, 400).mapToObj(line).collect(Collectors.joining("\n")));
  }
}
