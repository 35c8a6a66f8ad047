package io.levin.checkpoint.async;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** PyTorch's files, each of whose saves waits for a permit; notes what it does. */
final class GatedCheckpointIO implements CheckpointIO {
  final Semaphore permits = new Semaphore(0);
  final List<String> done = new CopyOnWriteArrayList<>();
  private final TorchCheckpointIO files = new TorchCheckpointIO();

  @Override
  public String format() {
    return files.format();
  }

  @Override
  public String suffix() {
    return files.suffix();
  }

  @Override
  public void save(Checkpoint checkpoint, Path path) {
    permits.acquireUninterruptibly();
    files.save(checkpoint, path);
    done.add("saved " + path.getFileName());
  }

  @Override
  public Checkpoint load(Path path) {
    done.add("loaded " + path.getFileName());
    return files.load(path);
  }

  @Override
  public void remove(Path path) {
    files.remove(path);
    done.add("removed " + path.getFileName());
  }

  @Override
  public boolean recognizes(Path path) {
    return files.recognizes(path);
  }

  @Override
  public void close() {
    done.add("closed");
  }
}
