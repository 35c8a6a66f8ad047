package io.levin.testkit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Somebody loads a checkpoint again and again while another saves in its place. */
final class Replacement {
  private static final int SAVES = 8;

  private final Supplier<CheckpointIO> ios;
  private final Path path;
  private final AtomicInteger reads = new AtomicInteger();

  Replacement(Supplier<CheckpointIO> ios, Path path) {
    this.ios = ios;
    this.path = path;
  }

  void run() throws Exception {
    CheckpointIO writer = ios.get();
    CheckpointIO reader = ios.get();
    Map<String, Tensor> one = tree(1);
    Map<String, Tensor> two = tree(2);
    writer.save(Checkpoint.of(one), path);
    Probing.contents(writer, path);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> writing =
          thread.submit(
              () -> {
                for (int i = 0; i < SAVES; i++) {
                  int before = reads.get();
                  writer.save(Checkpoint.of(i % 2 == 0 ? two : one), path);
                  while (reads.get() == before && !Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait(); // so that a slow reader sees every one of them
                    Thread.yield();
                  }
                }
              });
      while (!writing.isDone()) {
        try (Checkpoint checkpoint = reader.load(path)) {
          String tensors = Probing.text(TensorPaths.of(checkpoint.root()));
          assertThat(tensors).isIn(Probing.text(one), Probing.text(two));
        }
        reads.incrementAndGet();
      }
      writing.get();
    } finally {
      thread.shutdownNow();
    }
    assertThat(reads.get()).isGreaterThanOrEqualTo(SAVES);
  }

  /** Two of one name, shape and size, so that a mixture would go unnoticed but for the elements. */
  private static Map<String, Tensor> tree(int which) {
    byte[] bytes = new byte[256 << 10];
    java.util.Arrays.fill(bytes, (byte) which);
    return Map.of("tensor", Tensor.of(DType.UINT8, new long[] {bytes.length}, Bytes.of(bytes)));
  }
}
