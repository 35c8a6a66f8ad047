package io.levin.logger.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLoggerTest {
  @TempDir Path folder;
  private final CsvLogger logger = new CsvLogger();

  @BeforeEach
  void start() {
    logger.start(folder, Map.of());
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("metrics.csv"));
  }

  private static Map<String, Double> metrics(Object... namesAndValues) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      metrics.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
    }
    return metrics;
  }

  @Test
  void aRowIsAMomentAndAnAbsentMetricAnEmptyCell() throws IOException {
    logger.logMetrics(metrics("train_loss", 0.5, "lr", 1e-3, "epoch", 0.0), 50);
    logger.logMetrics(metrics("train_loss", 0.25, "epoch", 1.0), 100);
    logger.flush();
    assertThat(lines())
        .containsExactly("step,epoch,train_loss,lr", "50,0,0.5,0.001", "100,1,0.25,");
  }

  @Test
  void aMetricThatComesLateAddsAColumnAndLosesNothing() throws IOException {
    logger.logMetrics(metrics("train_loss", 0.5), 1);
    logger.flush();
    logger.logMetrics(metrics("train_loss", 0.25), 2);
    logger.flush();
    logger.logMetrics(metrics("val_loss", 0.75, "epoch", 3.0), 2);
    logger.finish("success");
    assertThat(lines())
        .containsExactly("step,epoch,train_loss,val_loss", "1,,0.5,", "2,,0.25,", "2,3,,0.75");
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void whatIsNotFiniteIsWrittenAndSurvivesARewrite() throws IOException {
    logger.logMetrics(metrics("a", Double.NaN, "b", Double.NEGATIVE_INFINITY), 1);
    logger.flush();
    logger.logMetrics(metrics("c", 1.5e-10), 2);
    logger.finish("failed");
    assertThat(lines()).containsExactly("step,epoch,a,b,c", "1,,NaN,-Infinity,", "2,,,,1.5E-10");
  }

  @Test
  void aNameWithACommaOrAQuoteIsQuoted() throws IOException {
    logger.logMetrics(metrics("loss, \"total\"", 0.5), 1);
    logger.flush();
    logger.logMetrics(metrics("late", 2.0), 2);
    logger.flush();
    assertThat(lines())
        .containsExactly("step,epoch,\"loss, \"\"total\"\"\",late", "1,,0.5,", "2,,,2.0");
  }

  @Test
  void startingAgainGoesOnInTheSameFile() throws IOException {
    logger.logMetrics(metrics("train_loss", 0.5), 1);
    logger.finish("success");
    CsvLogger next = new CsvLogger();
    next.start(folder, Map.of());
    next.logMetrics(metrics("test_loss", 0.75), 1);
    next.finish("success");
    assertThat(lines()).containsExactly("step,epoch,train_loss,test_loss", "1,,0.5,", "1,,,0.75");
  }

  @Test
  void manyRowsAreAllThereInOrder() throws IOException {
    for (int step = 1; step <= 1000; step++) {
      logger.logMetrics(metrics("a", step / 8.0), step);
    }
    logger.flush();
    List<String> lines = lines();
    assertThat(lines).hasSize(1001).endsWith("1000,,125.0");
    assertThat(lines.get(500)).isEqualTo("500,,62.5");
  }

  @Test
  void hyperparametersAreAYamlFile() throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("lr", 0.1);
    values.put("layers", List.of(64, 32));
    values.put("name", "true");
    values.put("path", Path.of("data", "mnist"));
    values.put("decay", null);
    logger.start(folder, values);
    assertThat(folder.resolve("hparams.yaml"))
        .hasContent("lr: 0.1\nlayers:\n- 64\n- 32\nname: \"true\"\npath: data/mnist\ndecay: null");
  }

  @Test
  void withoutHyperparametersThereIsNoYamlFile() {
    assertThat(folder.resolve("hparams.yaml")).doesNotExist();
  }

  @Test
  void aFolderThatIsGoneIsOneClearError() throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    logger.start(gone, Map.of());
    Files.delete(gone);
    logger.logMetrics(metrics("a", 1.0), 1);
    assertThatThrownBy(logger::flush)
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("Cannot write '" + gone.resolve("metrics.csv"));
  }

  @Test
  void finishWithoutStartIsHarmless() {
    new CsvLogger().finish("failed");
    new TensorBoardLogger().finish("failed");
  }
}
