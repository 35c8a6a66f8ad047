package io.levin.precision.hpu;

import io.levin.plan.Surroundings;
import io.levin.torch.Autocast;
import io.levin.torch.OpLists;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The operations that compute in bf16 and those that compute in 32 bits: by level, or from files
 * with a name a line ({@code #} begins a comment).
 */
final class HPUOpLists {
  /** Levels by the names of Habana's mixed precision package. */
  static final Set<String> LEVELS = Set.of("O1", "O2");

  private static final Set<String> PRODUCTS =
      Set.of(
          "addmm", "mm", "mv", "matmul", "linear", "bmm", "baddbmm", "dot", "conv1d", "conv2d",
          "conv3d", "rnn", "gru", "lstm");

  /** What O1 lowers beside the products. */
  private static final Set<String> LIGHT =
      Set.of("add", "relu", "max_pool1d", "max_pool2d", "dropout", "tanh", "gelu");

  private static final Set<String> FULL =
      Set.of("batch_norm", "layer_norm", "softmax", "log_softmax", "exp", "log", "pow", "sum");

  /** Losses of PyTorch that DJL composes of the operations above, where the lists take effect. */
  private static final Set<String> COMPOSED =
      Set.of(
          "binary_cross_entropy",
          "binary_cross_entropy_with_logits",
          "cross_entropy",
          "kl_div",
          "l1_loss",
          "mse_loss",
          "nll_loss",
          "smooth_l1_loss");

  private HPUOpLists() {}

  /**
   * The lists of a level, each replaced by its file where one is given.
   *
   * @throws IllegalArgumentException saying which file, and what is wrong with it
   */
  static OpLists of(
      String level, Optional<String> bf16File, Optional<String> fp32File, Surroundings from) {
    Set<String> lowered = new LinkedHashSet<>(PRODUCTS);
    if (level.equals("O1")) {
      lowered.addAll(LIGHT);
    }
    Set<String> full = FULL;
    if (bf16File.isPresent()) {
      lowered = read(bf16File.get(), from);
      full = without(full, lowered);
    }
    if (fp32File.isPresent()) {
      full = read(fp32File.get(), from);
      lowered = bf16File.isPresent() ? lowered : without(lowered, full);
    }
    try {
      return new OpLists(Autocast.To.BF16, lowered, full);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the operation lists: " + e.getMessage(), e);
    }
  }

  private static Set<String> without(Set<String> names, Set<String> others) {
    Set<String> rest = new LinkedHashSet<>(names);
    rest.removeAll(others);
    return rest;
  }

  private static Set<String> read(String path, Surroundings from) {
    Set<String> names = new LinkedHashSet<>();
    try {
      for (String line : from.files().lines(path)) {
        String name = line.replaceFirst("#.*", "").strip();
        if (!name.isEmpty() && !COMPOSED.contains(name)) {
          names.add(name);
        }
      }
      new OpLists(Autocast.To.BF16, names, Set.of()); // its check names what is unknown
      return names;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "the operation list '%s' does not exist".formatted(path), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the operation list '%s': %s".formatted(path, e.getMessage()), e);
    }
  }
}
