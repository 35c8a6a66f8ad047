package io.levin.checkpoint.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.MisconfigurationException;
import io.levin.checkpoint.Storages;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3PathTest {
  private final S3Storage storage = new TestSettings("http://127.0.0.1:1").storage();

  @Test
  void pathsAreWhatTheyAreElsewhere() {
    Path folder = storage.path("s3://bucket/runs//version_0/");
    assertThat(folder).hasToString("s3://bucket/runs/version_0");
    Path file = folder.resolve("checkpoints").resolve("last.ckpt");
    assertThat(file).hasToString("s3://bucket/runs/version_0/checkpoints/last.ckpt");
    assertThat(file.getFileName()).hasToString("last.ckpt");
    assertThat(file.getParent().getParent()).isEqualTo(folder);
    assertThat(file.resolveSibling("a")).isEqualTo(folder.resolve("checkpoints/a"));
    assertThat(file.startsWith(folder)).isTrue();
    assertThat(file.endsWith(file.getFileName())).isTrue();
    assertThat(folder.relativize(file)).hasToString("checkpoints/last.ckpt");
    assertThat(folder.resolve(folder.relativize(file))).isEqualTo(file);
    assertThat(folder.resolve("./a/../b").normalize()).isEqualTo(folder.resolve("b"));
    assertThat(storage.path("s3://bucket").getParent()).isNull();
    assertThat(storage.path("s3://bucket/a").getParent()).hasToString("s3://bucket/");
    assertThat(storage.path(file.toString())).isEqualTo(file).hasSameHashCodeAs(file);
    assertThat(file.toAbsolutePath()).isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://", "s3:///a", "s3://B/a", "s3://under_score/a", "s3://a/b"})
  void whatIsNoBucketIsRefused(String address) {
    assertThatThrownBy(() -> storage.path(address))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining(address);
  }

  @Test
  void textsMeanTheStoragesThereAre() {
    assertThatThrownBy(() -> Storages.path("s3://bucket/a"))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("No installed bundle keeps checkpoints at 's3://bucket/a'");
    Storages.add(storage);
    try {
      assertThat(Storages.path("s3://bucket/a")).isEqualTo(storage.path("s3://bucket/a"));
      assertThat(Storages.path("a/b")).isEqualTo(Path.of("a/b"));
      S3Storage updated = new TestSettings("http://127.0.0.1:2").storage();
      Storages.add(updated);
      Path now = Storages.current(storage.path("s3://bucket/a"));
      assertThat(now.getFileSystem()).isSameAs(updated.path("s3://bucket/a").getFileSystem());
      Storages.remove(updated);
    } finally {
      Storages.remove(storage);
    }
  }
}
