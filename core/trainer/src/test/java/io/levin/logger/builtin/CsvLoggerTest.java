package io.levin.logger.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLoggerTest {
  @TempDir private Path folder;

  @Test
  void aStepIsARowAndALateMetricAColumn() throws IOException {
    CsvLogger logger = new CsvLogger();
    logger.start(folder, Map.of("lr", 0.1));
    logger.logMetrics(Map.of("train_loss", 1.5), 10);
    logger.logMetrics(Map.of("epoch", 0.0), 10);
    logger.logMetrics(Map.of("train_loss", 1.25), 20);
    logger.flush();
    logger.logMetrics(Map.of("val_loss", 2.0, "epoch", 1.0), 30);
    logger.finish("success");
    assertThat(Files.readAllLines(folder.resolve("metrics.csv")))
        .containsExactly(
            "epoch,step,train_loss,val_loss", "0.0,10,1.5,", ",20,1.25,", "1.0,30,,2.0");
    assertThat(Files.readString(folder.resolve("hparams.yaml"))).contains("lr: 0.1");
  }

  @Test
  void manyRowsAreOneFileWithOneHeader() throws IOException {
    CsvLogger logger = new CsvLogger();
    logger.start(folder, Map.of());
    for (int step = 0; step < 1000; step++) {
      logger.logMetrics(Map.of("loss", 1.0 / (step + 1)), step);
    }
    logger.finish("success");
    assertThat(Files.readAllLines(folder.resolve("metrics.csv"))).hasSize(1001);
  }
}
