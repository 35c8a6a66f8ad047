package com.example.checkpoint.packed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.levin.LevinException;
import io.levin.checkpoint.BadCheckpointException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;

/** An open file whose beginning and sum are right. */
final class PackedFile implements AutoCloseable {
  static final byte[] MAGIC = "PACKED01".getBytes(US_ASCII);

  private final FileChannel channel;

  private PackedFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws BadCheckpointException when it is no such file, or not as it was written
   */
  static PackedFile open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw LevinException.user(
          "'%s' is a folder, not a checkpoint file.".formatted(path), "Give a file in it.");
    }
    PackedFile file = new PackedFile(FileChannel.open(path, StandardOpenOption.READ));
    try {
      file.check(path);
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void check(Path path) throws IOException {
    long size = channel.size();
    if (!isOne(path) || size < MAGIC.length + Integer.BYTES) {
      throw new BadCheckpointException(path + ", byte 0", "it is no packed checkpoint");
    }
    CRC32 crc = new CRC32();
    ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
    long end = size - Integer.BYTES;
    for (long at = 0; at < end; at += chunk.limit()) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), end - at));
      fill(chunk, at);
      crc.update(chunk);
    }
    ByteBuffer sum = ByteBuffer.allocate(Integer.BYTES);
    fill(sum, end);
    if (sum.getInt() != (int) crc.getValue()) {
      throw new BadCheckpointException(
          "%s, byte %d".formatted(path, end), "it is damaged: its CRC-32 is another");
    }
  }

  private void fill(ByteBuffer chunk, long from) throws IOException {
    while (chunk.hasRemaining()) {
      if (channel.read(chunk, from + chunk.position()) < 0) {
        throw new IOException("the file ends early");
      }
    }
    chunk.flip();
  }

  /** Everything after the beginning; what follows the compressed stream is not read. */
  InputStream body() throws IOException {
    channel.position(MAGIC.length);
    return Channels.newInputStream(channel);
  }

  /** Whether a path is one by its beginning, whole or damaged. */
  static boolean isOne(Path path) {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
