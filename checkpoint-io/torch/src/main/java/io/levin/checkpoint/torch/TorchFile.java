package io.levin.checkpoint.torch;

import io.levin.LevinException;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.CheckedBytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Opaque;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** An open file of PyTorch; its tensors are read when asked for. */
final class TorchFile implements Checkpoint {
  /** Bytes at the beginning that hold the name of an archive's first record. */
  private static final int FIRST_RECORD = 200;

  private final FileChannel channel;
  private final Object root;
  private final List<CheckedBytes> records;

  private TorchFile(FileChannel channel, Object root, List<CheckedBytes> records) {
    this.channel = channel;
    this.root = root;
    this.records = records;
  }

  static TorchFile open(Path path) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      TorchFile opened = read(channel, path.toString());
      channel = null;
      return opened;
    } catch (NoSuchFileException e) {
      throw LevinException.user(
          "There is no checkpoint '%s'.".formatted(path), "Look at the path.");
    } catch (IOException e) {
      throw Files.isDirectory(path)
          ? LevinException.user(
              "'%s' is a folder, not a checkpoint file.".formatted(path), "Give a file in it.")
          : unreadable(path.toString(), e);
    } finally {
      close(channel);
    }
  }

  private static TorchFile read(FileChannel channel, String file) throws IOException {
    if (channel.size() == 0) {
      throw new BadCheckpointException(file, "the file is empty");
    }
    ByteBuffer start = ByteBuffer.allocate((int) Math.min(4, channel.size()));
    channel.read(start, 0);
    TorchFile opened;
    if (start.get(0) == 'P' && start.limit() == 4 && start.get(1) == 'K') {
      ZipStream zip = ZipStream.read(channel, file);
      opened = new TorchFile(channel, zip.root(), zip.records());
    } else if (start.get(0) == (byte) 0x80) {
      opened = new TorchFile(channel, LegacyStream.read(channel, file), List.of());
    } else {
      throw new BadCheckpointException(
          file + ", byte 0", "it is no file of PyTorch: neither an archive nor a pickle");
    }
    if (opened.root instanceof Opaque whole) {
      throw new BadCheckpointException(
          file,
          "it holds a whole object of '%s', not data; save its state_dict() instead"
              .formatted(whole.type()));
    }
    return opened;
  }

  /** Whether a path is a file of PyTorch by its beginning and its name, whole or damaged. */
  static boolean isOne(Path path) {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    String name = path.getFileName().toString();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer start = ByteBuffer.allocate(FIRST_RECORD);
      channel.read(start, 0);
      boolean archive = start.get(0) == 'P' && start.get(1) == 'K';
      boolean pickle = start.get(0) == (byte) 0x80;
      String first = StandardCharsets.US_ASCII.decode(start.flip()).toString();
      return (archive && first.contains("/data.pkl"))
          || ((name.endsWith(".ckpt") || name.endsWith(".pt") || name.endsWith(".pth"))
              && (archive || pickle));
    } catch (IOException e) {
      throw unreadable(path.toString(), e);
    }
  }

  @Override
  public Object root() {
    return root;
  }

  /** Reads every record against its checksum. */
  void verify() {
    records.forEach(CheckedBytes::verify);
  }

  @Override
  public void close() {
    close(channel);
  }

  private static void close(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static LevinException unreadable(String file, IOException cause) {
    return LevinException.resource(
        "The checkpoint '%s' cannot be read: %s.".formatted(file, cause.getMessage()),
        "Check its permissions and the disk.",
        cause);
  }
}
