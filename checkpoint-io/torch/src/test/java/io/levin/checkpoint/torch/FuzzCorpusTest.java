package io.levin.checkpoint.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Every input that a fuzzer found to take another way through the reader is read or refused. */
class FuzzCorpusTest {
  private static final Duration MOST = Duration.ofMinutes(2);

  @Test
  void allAreReadOrRefused() throws IOException {
    int count = 0;
    try (InputStream file = FuzzCorpusTest.class.getResourceAsStream("/fuzz-corpus.zip");
        ZipInputStream corpus = new ZipInputStream(file)) {
      for (ZipEntry entry = corpus.getNextEntry(); entry != null; entry = corpus.getNextEntry()) {
        byte[] input = corpus.readAllBytes();
        assertTimeoutPreemptively(
            MOST,
            () ->
                assertThatCode(() -> Fuzzed.fuzzerTestOneInput(input)).doesNotThrowAnyException());
        count++;
      }
    }
    assertThat(count).isGreaterThan(300);
  }
}
