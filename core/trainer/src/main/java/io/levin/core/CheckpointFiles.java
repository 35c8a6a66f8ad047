package io.levin.core;

import ai.djl.ndarray.NDManager;
import io.levin.LevinException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.Storages;
import io.levin.checkpoint.SupportsAsyncSave;
import io.levin.checkpoint.SupportsLinks;
import io.levin.checkpoint.SupportsPartialLoad;
import io.levin.checkpoint.SupportsShardedSave;
import io.levin.collective.ProcessGroup;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of a run: written, linked, found, read and removed by whoever does it now. */
final class CheckpointFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);

  private final CheckpointSlot slot;
  private final Supplier<List<CheckpointIO>> formats;
  private final List<Path> durable = new ArrayList<>();
  private final Map<Path, Taken> taken = new LinkedHashMap<>();

  /**
   * @param formats of which a checkpoint may be that is not the plan's own
   */
  CheckpointFiles(CheckpointSlot slot, Supplier<List<CheckpointIO>> formats) {
    this.slot = slot;
    this.formats = formats;
  }

  /** Who wrote a checkpoint. */
  private record Taken(String format, String backend) {}

  /** A checkpoint that was loaded; its tensors can be read until it is closed. */
  record Saved(Map<String, Object> tree, Checkpoint file, NDManager arrays)
      implements AutoCloseable {
    @Override
    public void close() {
      arrays.close();
      file.close();
    }
  }

  /** Whether ranks write what they have each by itself: on disks that all of them see. */
  boolean savesApart(Path path) {
    return path.getFileSystem() == FileSystems.getDefault()
        && slot.use(io -> io instanceof SupportsShardedSave);
  }

  /** Writes what is this rank's part of a checkpoint; every rank must call it. */
  void save(Map<Object, Object> root, Path path, ProcessGroup ranks) {
    slot.use(
        io -> {
          ((SupportsShardedSave) io).save(Checkpoint.of(root), path, ranks);
          return written(io, path);
        });
  }

  void save(Map<Object, Object> root, Path path) {
    slot.use(
        io -> {
          io.save(Checkpoint.of(root), Storages.current(path));
          return written(io, path);
        });
  }

  /** Whether a second name was made, which costs nothing. */
  boolean link(Path checkpoint, Path another) {
    return slot.use(
        io ->
            io instanceof SupportsLinks links
                && links.link(Storages.current(checkpoint), Storages.current(another))
                && written(io, another));
  }

  private boolean written(CheckpointIO io, Path path) {
    if (!(io instanceof SupportsAsyncSave)) {
      durable.add(path);
    }
    taken.put(path, new Taken(io.format(), slot.holder()));
    return true;
  }

  /** Which backend took which checkpoint, of those that are still there. */
  Map<String, String> takers() {
    Map<String, String> takers = new LinkedHashMap<>();
    taken.forEach((path, by) -> takers.put(path.toString(), by.backend()));
    return takers;
  }

  /** The checkpoints that have come safely to disk since this was last asked. */
  List<Path> durable() {
    List<Path> since = new ArrayList<>(slot.durable());
    since.addAll(durable);
    durable.clear();
    since.addAll(
        slot.use(io -> io instanceof SupportsAsyncSave behind ? behind.durable() : List.of()));
    return since;
  }

  /** Waits until everything is on disk. */
  void flush() {
    slot.use(
        io -> {
          if (io instanceof SupportsAsyncSave behind) {
            behind.flush();
          }
          return null;
        });
  }

  String suffix() {
    return slot.use(CheckpointIO::suffix);
  }

  /** Whether a path is a checkpoint of a run, by its name and kind. */
  boolean isOne(Path path) {
    return slot.use(io -> isOne(io, path))
        || formats.get().stream().anyMatch(format -> isOne(format, path));
  }

  /** A folder may have the name of another format, whose backend left when it was to be written. */
  private static boolean isOne(CheckpointIO format, Path path) {
    return Files.isDirectory(path)
        ? format.recognizes(path)
        : path.toString().endsWith(format.suffix());
  }

  /** A format other than the run's own, for a path that is not of that one. */
  private Optional<CheckpointIO> other(Path path) {
    if (slot.use(io -> io.recognizes(path))) {
      return Optional.empty();
    }
    Optional<CheckpointIO> other =
        formats.get().stream().filter(format -> format.recognizes(path)).findFirst();
    other.ifPresent(
        format -> {
          flush();
          LOG.info("'{}' is of format {}", path, format.format());
        });
    return other;
  }

  /**
   * Reads a checkpoint. Weights and optimizer states are {@link Tensor}s, to be read in place; what
   * callbacks and the module kept are arrays again.
   */
  Saved load(Path path) {
    Optional<CheckpointIO> other = other(path);
    return saved(
        other.isPresent()
            ? other.get().load(path)
            : slot.use(io -> io.load(Storages.current(path))),
        path);
  }

  /** Reads the weights, and of the rest no more than must be. */
  Saved loadWeights(Path path) {
    Optional<CheckpointIO> other = other(path);
    return other.isPresent()
        ? loadWeights(other.get(), path)
        : slot.use(io -> loadWeights(io, Storages.current(path)));
  }

  private static Saved loadWeights(CheckpointIO format, Path path) {
    if (format instanceof SupportsPartialLoad parts && Files.isDirectory(path)) {
      Checkpoint part = parts.load(path, Set.of(CheckpointValues.WEIGHTS));
      if (part.root() instanceof Map<?, ?> root && root.containsKey(CheckpointValues.WEIGHTS)) {
        return saved(part, path);
      }
      part.close();
    }
    return saved(format.load(path), path);
  }

  private static Saved saved(Checkpoint file, Path path) {
    NDManager arrays = NDManager.newBaseManager();
    try {
      if (!(file.root() instanceof Map<?, ?> root)) {
        throw LevinException.user(
            "'%s' holds no map of names, as checkpoints of a Trainer do.".formatted(path),
            "Give a checkpoint that a Trainer has written.");
      }
      return new Saved(CheckpointValues.tree(root, arrays), file, arrays);
    } catch (RuntimeException e) {
      arrays.close();
      file.close();
      throw e;
    }
  }

  /** Removes a checkpoint, by the run's own backend where that, or one like it, has written it. */
  void remove(Path path) {
    Taken by = taken.remove(path);
    Optional<CheckpointIO> other =
        by == null || slot.use(CheckpointIO::format).equals(by.format())
            ? Optional.empty()
            : formats.get().stream()
                .filter(format -> format.format().equals(by.format()))
                .findFirst();
    if (other.isPresent()) {
      other.get().remove(path);
    } else {
      slot.use(
          io -> {
            io.remove(Storages.current(path));
            return null;
          });
    }
  }
}
