package io.levin.checkpoint.async;

import static java.util.Objects.requireNonNull;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.SupportsAsyncSave;
import io.levin.checkpoint.SupportsLinks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Writes checkpoints of another CheckpointIO behind the training. A save copies every value into
 * memory of its own and returns; one thread then writes, links and removes in the order of the
 * calls. A save for which there is no memory left waits for one before it to be written.
 *
 * <p>Called by one thread at a time, as every CheckpointIO. After a failure nothing more is written
 * or removed.
 */
public final class AsyncCheckpointIO implements SupportsAsyncSave, SupportsLinks {
  private final CheckpointIO inner;
  private final SnapshotMemory memory;
  private final Lane lane = new Lane();
  private final Queue<Path> durable = new ConcurrentLinkedQueue<>();

  /**
   * @param inner closed with this
   * @param pending how many checkpoints may be in memory at once, at least 1
   */
  public AsyncCheckpointIO(CheckpointIO inner, int pending) {
    this.inner = requireNonNull(inner, "inner");
    this.memory = new SnapshotMemory(pending);
  }

  @Override
  public String format() {
    return inner.format();
  }

  @Override
  public String suffix() {
    return inner.suffix();
  }

  @Override
  public Set<String> suffixes() {
    return inner.suffixes();
  }

  @Override
  public void save(Checkpoint checkpoint, Path path) {
    lane.check();
    Snapshot snapshot = Snapshot.of(checkpoint.root(), memory);
    lane.add(
        () -> {
          inner.save(Checkpoint.of(snapshot.root()), path);
          durable.add(path);
        },
        snapshot::close);
  }

  @Override
  public void remove(Path path) {
    lane.add(() -> inner.remove(path), () -> {});
  }

  /** Always true: where there are no links, the lane writes a copy. */
  @Override
  public boolean link(Path checkpoint, Path another) {
    lane.add(
        () -> {
          boolean isLinked =
              inner instanceof SupportsLinks links && links.link(checkpoint, another);
          if (!isLinked) {
            copy(checkpoint, another);
          }
          durable.add(another);
        },
        () -> {});
    return true;
  }

  private void copy(Path checkpoint, Path another) {
    try (Checkpoint written = inner.load(checkpoint)) {
      inner.save(written, another);
    }
  }

  @Override
  public Checkpoint load(Path path) {
    flush();
    return inner.load(path);
  }

  @Override
  public boolean recognizes(Path path) {
    flush();
    return inner.recognizes(path);
  }

  @Override
  public void verify(Path path) {
    flush();
    inner.verify(path);
  }

  @Override
  public List<Path> durable() {
    List<Path> since = new ArrayList<>();
    for (Path path = durable.poll(); path != null; path = durable.poll()) {
      since.add(path);
    }
    if (since.isEmpty()) {
      lane.check();
    }
    return since;
  }

  @Override
  public void flush() {
    lane.await();
    lane.check();
  }

  /** Waits for everything; throws a failure that nobody has been told of yet. */
  @Override
  public void close() {
    try {
      lane.close();
    } finally {
      memory.close();
      inner.close();
    }
  }
}
