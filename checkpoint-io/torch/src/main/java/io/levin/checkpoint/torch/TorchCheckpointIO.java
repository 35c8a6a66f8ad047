package io.levin.checkpoint.torch;

import io.levin.LevinException;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.DurableFile;
import io.levin.checkpoint.SupportsLinks;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps checkpoints in PyTorch's own files, {@code .ckpt} and {@code .pt}, without Python.
 *
 * <p>Reads what {@code torch.save} wrote since 0.4 and never runs anything of it; writes what
 * {@code torch.load(weights_only=True)} takes and Lightning resumes from. Tensors are streamed both
 * ways.
 */
// It comes first where nothing tells the format.
@Component(service = CheckpointIO.class, property = "service.ranking:Integer=100")
public final class TorchCheckpointIO implements SupportsLinks {
  private static final String FOLDER = "archive/";

  @Override
  public String format() {
    return "torch";
  }

  @Override
  public String suffix() {
    return ".ckpt";
  }

  @Override
  public Set<String> suffixes() {
    return Set.of(".ckpt", ".pt", ".pth");
  }

  @Override
  public void save(Checkpoint checkpoint, Path path) {
    PickleWriter pickle = new PickleWriter();
    byte[] data;
    try {
      data = pickle.write(checkpoint.root());
    } catch (IllegalArgumentException e) {
      throw LevinException.user(
          "The checkpoint '%s' was not written: %s.".formatted(path, e.getMessage()),
          "Look at hyperParameters(), onSaveCheckpoint and the states of callbacks.");
    }
    if (Files.isDirectory(path)) {
      throw LevinException.user(
          "'%s' is a folder; a checkpoint cannot take its place.".formatted(path),
          "Give the name of a file.");
    }
    DurableFile.write(path, channel -> write(channel, data, pickle.storages()));
  }

  private static void write(WritableByteChannel channel, byte[] pickle, List<Bytes> storages)
      throws IOException {
    try (Checksums checksums = new Checksums()) {
      ZipOutput zip = new ZipOutput(channel, checksums);
      zip.record(FOLDER + "data.pkl", Bytes.of(pickle));
      zip.record(FOLDER + "byteorder", ascii("little"));
      for (int key = 0; key < storages.size(); key++) {
        zip.record(FOLDER + "data/" + key, storages.get(key));
      }
      zip.record(FOLDER + "version", ascii("3\n"));
      zip.finish();
    }
  }

  private static Bytes ascii(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public Checkpoint load(Path path) {
    return TorchFile.open(path);
  }

  @Override
  public boolean recognizes(Path path) {
    return TorchFile.isOne(path);
  }

  @Override
  public void verify(Path path) {
    try (TorchFile file = TorchFile.open(path)) {
      file.verify();
    }
  }

  @Override
  public boolean link(Path checkpoint, Path another) {
    return !Files.isDirectory(another) && DurableFile.link(checkpoint, another);
  }

  @Override
  public void remove(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    if (!TorchFile.isOne(path)) {
      throw LevinException.user(
          "'%s' was not removed: it is no checkpoint.".formatted(path),
          "Remove it by hand if you do not need it.");
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw LevinException.resource(
          "The checkpoint '%s' could not be removed: %s.".formatted(path, e.getMessage()),
          "Check the permissions of its folder.",
          e);
    }
  }
}
