package io.levin.cli.ckpt;

import io.levin.LevinException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.Tensor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a checkpoint again in another format; says what that format cannot hold. */
public final class Conversion {
  private static final String WEIGHTS = "state_dict";

  /** Single files of safetensors hold nothing but tensors. */
  private static final String TENSORS_ONLY = ".safetensors";

  private final Formats formats;
  private final boolean weightsOnly;

  /**
   * A conversion of all of a checkpoint, or of a part.
   *
   * @param weightsOnly whether only the weights are wanted, in whichever format
   */
  public Conversion(Formats formats, boolean weightsOnly) {
    this.formats = formats;
    this.weightsOnly = weightsOnly;
  }

  /**
   * Writes the new one, in place of whatever checkpoint is there.
   *
   * @param format name of the new one's format; empty for what its name says, or the old one's
   */
  public void run(Path from, Path to, Optional<String> format, PrintStream out) {
    if (isSame(from, to)) {
      throw LevinException.user(
          "'%s' is what is to be converted.".formatted(to), "Give the new one another name.");
    }
    CheckpointIO source = formats.of(from);
    CheckpointIO target = format.map(formats::named).or(() -> formats.meant(to)).orElse(source);
    try (Checkpoint checkpoint = source.load(from)) {
      Object root = checkpoint.root();
      boolean tensorsOnly = weightsOnly || to.toString().endsWith(TENSORS_ONLY);
      Map<?, ?> weights = tensorsOnly ? weights(root, from) : Map.of();
      target.save(tensorsOnly ? Checkpoint.of(weights) : checkpoint, to);
      out.printf("%s is written, %s.%n", to, target.format());
      if (tensorsOnly && weights != root) {
        List<String> left =
            ((Map<?, ?>) root)
                .keySet().stream()
                    .map(String::valueOf)
                    .filter(key -> !key.equals(WEIGHTS))
                    .toList();
        if (!left.isEmpty()) {
          out.printf("It holds the weights; left out: %s.%n", String.join(", ", left));
        }
      }
    }
  }

  private static Map<?, ?> weights(Object root, Path from) {
    if (root instanceof Map<?, ?> all) {
      if (isTensors(all)) {
        return all;
      }
      if (all.get(WEIGHTS) instanceof Map<?, ?> weights && isTensors(weights)) {
        return weights;
      }
    }
    throw LevinException.user(
        "'%s' holds no '%s' of tensors by name.".formatted(from, WEIGHTS),
        "Convert it to .ckpt, .pt or a folder, which hold everything.");
  }

  private static boolean isTensors(Map<?, ?> map) {
    return map.values().stream().allMatch(Tensor.class::isInstance);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.exists(other) && Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }
}
