package io.levin.logger.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardLoggerTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000, 250_000_000);

  @TempDir Path folder;
  private final TensorBoardLogger logger = new TensorBoardLogger(InstantSource.fixed(NOW));

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().contains("tfevents")).sorted().toList();
    }
  }

  @Test
  void theReadersChecksumIsTheStandards() {
    assertThat(EventFileReader.crc32c("123456789".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(0xe3069283);
  }

  @Test
  void theFileIsNamedAsTensorBoardLooksForIt() throws IOException {
    logger.start(folder, Map.of());
    logger.finish("success");
    assertThat(files()).hasSize(1);
    assertThat(files().get(0).getFileName().toString())
        .matches(
            "events\\.out\\.tfevents\\.1700000000\\.[A-Za-z0-9.-]+\\.%d\\.\\d+"
                .formatted(ProcessHandle.current().pid()));
  }

  @Test
  void anIndependentReaderFindsTheVersionAndEveryScalar() throws IOException {
    logger.start(folder, Map.of());
    logger.logMetrics(Map.of("train_loss", 0.1), 50);
    logger.logMetrics(Map.of("vál_loss", Double.NaN, "lr", 1e-3), 5_000_000_000L);
    logger.finish("success");
    assertThat(EventFileReader.read(files().get(0)))
        .containsExactly(
            new EventFileReader.Read(1_700_000_000.25, 0, "brain.Event:2", Map.of()),
            new EventFileReader.Read(1_700_000_000.25, 50, null, Map.of("train_loss", 0.1f)),
            new EventFileReader.Read(
                1_700_000_000.25,
                5_000_000_000L,
                null,
                Map.of("vál_loss", Float.NaN, "lr", 1e-3f)));
  }

  @Test
  void flushBringsEverythingToDisk() throws IOException {
    logger.start(folder, Map.of());
    logger.logMetrics(Map.of("a", 1.0), 1);
    logger.flush();
    assertThat(EventFileReader.read(files().get(0))).hasSize(2);
    logger.finish("success");
  }

  @Test
  void startingAgainInTheSameSecondMakesAnotherFile() throws IOException {
    logger.start(folder, Map.of());
    logger.finish("success");
    logger.start(folder, Map.of("lr", 0.1));
    logger.finish("success");
    assertThat(files()).hasSize(2);
    assertThat(folder.resolve("hparams.yaml")).hasContent("lr: 0.1");
  }
}
