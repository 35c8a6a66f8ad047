package io.levin.checkpoint.devices;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.SupportsLinks;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.nio.file.Path;
import java.util.Set;

/**
 * PyTorch's files for runs on a device whose arrays are not in the host's memory. A checkpoint is
 * made of host memory before it comes here, so the file is one that any machine reads.
 *
 * <p>Unlike Lightning 1.6's, it keeps the callbacks' state.
 */
abstract class HostCheckpointIO implements SupportsLinks {
  private final SupportsLinks files = new TorchCheckpointIO();

  @Override
  public final String format() {
    return files.format();
  }

  @Override
  public final String suffix() {
    return files.suffix();
  }

  @Override
  public final Set<String> suffixes() {
    return files.suffixes();
  }

  @Override
  public final boolean recognizes(Path path) {
    return files.recognizes(path);
  }

  @Override
  public final void save(Checkpoint checkpoint, Path path) {
    files.save(checkpoint, path);
  }

  @Override
  public final Checkpoint load(Path path) {
    return files.load(path);
  }

  @Override
  public final void verify(Path path) {
    files.verify(path);
  }

  @Override
  public final boolean link(Path checkpoint, Path another) {
    return files.link(checkpoint, another);
  }

  @Override
  public final void remove(Path path) {
    files.remove(path);
  }
}
