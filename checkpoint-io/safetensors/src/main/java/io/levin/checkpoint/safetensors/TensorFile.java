package io.levin.checkpoint.safetensors;

import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.CheckedBytes;
import io.levin.checkpoint.FileBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** An open safetensors file, its header read and checked; elements are read when asked for. */
final class TensorFile implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final FileChannel channel;
  private final Path path;
  private final Header header;
  private final Map<String, Bytes> memory = new HashMap<>();

  private TensorFile(FileChannel channel, Path path, Header header) {
    this.channel = channel;
    this.path = path;
    this.header = header;
  }

  /**
   * @throws BadCheckpointException when it is no whole safetensors file
   */
  static TensorFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      TensorFile opened =
          new TensorFile(channel, path, HeaderReader.read(channel, path.toString()));
      channel = null;
      return opened;
    } finally {
      if (channel != null) {
        channel.close();
      }
    }
  }

  Header header() {
    return header;
  }

  long size() throws IOException {
    return channel.size();
  }

  /** The bytes of a tensor, the same instance each time. */
  Bytes bytes(String name) {
    return memory.computeIfAbsent(
        name,
        wanted -> {
          Header.Entry entry = header.tensors().get(wanted);
          return new FileBytes(
              channel, path.toString(), header.size() + entry.begin(), entry.bytes());
        });
  }

  /** The bytes of a tensor that are verified as they are read, the same instance each time. */
  Bytes bytes(String name, int crc) {
    return memory.computeIfAbsent(
        name,
        wanted -> {
          Header.Entry entry = header.tensors().get(wanted);
          return new CheckedBytes(
              channel,
              path.toString(),
              header.size() + entry.begin(),
              entry.bytes(),
              "tensor '%s'".formatted(wanted),
              new CheckedBytes.Sum("CRC-32C", new CRC32C(), crc));
        });
  }

  /** The CRC-32C of the file's first bytes. */
  int sum(long length) {
    CRC32C sum = new CRC32C();
    FileBytes bytes = new FileBytes(channel, path.toString(), 0, length);
    ByteBuffer chunk = ByteBuffer.allocateDirect((int) Math.min(CHUNK, Math.max(length, 1)));
    for (long at = 0; at < length; at += chunk.capacity()) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), length - at));
      bytes.read(at, chunk);
      sum.update(chunk.flip());
    }
    return (int) sum.getValue();
  }

  BadCheckpointException bad(String what) {
    return new BadCheckpointException(path.toString(), what);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
