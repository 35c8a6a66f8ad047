package io.levin.benchmarks.swap.inside;

import io.levin.LevinException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A backend of a stranger's: it keeps of a checkpoint the sums of its tensors. */
final class SumsCheckpointIO implements CheckpointIO {
  static final String SUFFIX = ".sums";

  @Override
  public String format() {
    return "sums";
  }

  @Override
  public String suffix() {
    return SUFFIX;
  }

  @Override
  public void save(Checkpoint checkpoint, Path path) {
    StringBuilder sums = new StringBuilder();
    for (Map.Entry<String, Tensor> tensor : TensorPaths.of(checkpoint.root()).entrySet()) {
      sums.append(Digest.sha256(tensor.getValue()))
          .append(' ')
          .append(tensor.getKey())
          .append('\n');
    }
    try {
      Files.createDirectories(path.getParent());
      Path aside = Files.writeString(path.resolveSibling(path.getFileName() + "~"), sums + "end\n");
      Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Checkpoint load(Path path) {
    throw LevinException.user("Sums cannot be loaded.", "Give another checkpoint.");
  }

  @Override
  public void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
