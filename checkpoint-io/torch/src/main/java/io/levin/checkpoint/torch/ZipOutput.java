package io.levin.checkpoint.torch;

import io.levin.checkpoint.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes records into an archive as PyTorch does: uncompressed, each record's first byte at a
 * multiple of 64, its checksum behind it, zip64 where a number needs it. Only ever appends.
 */
final class ZipOutput {
  /** Where PyTorch wants the first byte of a record, so that it can be mapped. */
  private static final int ALIGNMENT = 64;

  private static final long NARROW = 0xffffffffL;
  private static final int CHUNK = 4 << 20;

  /** Smaller pieces are gathered first: a write costs as much as copying so many bytes. */
  private static final int SMALL = 64 << 10;

  // Sizes and checksum follow the record; names are UTF-8.
  private static final short FLAGS = 0x0808;
  private static final short VERSION = 45;

  private record Written(byte[] name, long header, long size, int crc) {}

  private final WritableByteChannel channel;
  private final Checksums checksums;
  private final List<Written> directory = new ArrayList<>();
  private final ByteBuffer gathered = ByteBuffer.allocateDirect(1 << 20);
  private long position;

  ZipOutput(WritableByteChannel channel, Checksums checksums) {
    this.channel = channel;
    this.checksums = checksums;
  }

  void record(String name, Bytes content) throws IOException {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    long header = position;
    write(localHeader(utf8));
    Checksums.Sum sum = checksums.of(content);
    for (long at = 0; at < content.size(); at += CHUNK) {
      ByteBuffer chunk = content.view(at, (int) Math.min(CHUNK, content.size() - at));
      sum.add(chunk.duplicate());
      write(chunk);
    }
    int crc = sum.value();
    directory.add(new Written(utf8, header, content.size(), crc));
    write(descriptor(content.size(), crc));
  }

  /** A name, and padding in an extra field up to the alignment. */
  private ByteBuffer localHeader(byte[] name) {
    long end = position + 30 + name.length + 4;
    int padding = (int) (-end & (ALIGNMENT - 1));
    ByteBuffer header = buffer(30 + name.length + 4 + padding);
    header.putInt(0x04034b50).putShort(VERSION).putShort(FLAGS).putShort((short) 0).putInt(0);
    header.putInt(0).putInt(0).putInt(0);
    header.putShort((short) name.length).putShort((short) (4 + padding)).put(name);
    header.put((byte) 'F').put((byte) 'B').putShort((short) padding);
    while (header.hasRemaining()) {
      header.put((byte) 'Z');
    }
    return header.flip();
  }

  private static ByteBuffer descriptor(long size, int crc) {
    boolean wide = size >= NARROW;
    ByteBuffer descriptor = buffer(wide ? 24 : 16);
    descriptor.putInt(0x08074b50).putInt(crc);
    if (wide) {
      descriptor.putLong(size).putLong(size);
    } else {
      descriptor.putInt((int) size).putInt((int) size);
    }
    return descriptor.flip();
  }

  /** Writes the directory; the archive is then whole. */
  void finish() throws IOException {
    long start = position;
    for (Written record : directory) {
      write(central(record));
    }
    long size = position - start;
    if (directory.size() >= 0xffff || size >= NARROW || start >= NARROW) {
      write(end64(start, size));
    }
    ByteBuffer end = buffer(22);
    short count = (short) Math.min(directory.size(), 0xffff);
    end.putInt(0x06054b50).putInt(0).putShort(count).putShort(count);
    end.putInt((int) Math.min(size, NARROW)).putInt((int) Math.min(start, NARROW));
    end.putShort((short) 0);
    write(end.flip());
    flush();
  }

  private static ByteBuffer central(Written record) {
    boolean wideSize = record.size() >= NARROW;
    boolean wideHeader = record.header() >= NARROW;
    int extra = (wideSize ? 16 : 0) + (wideHeader ? 8 : 0);
    int extraSize = extra == 0 ? 0 : extra + 4;
    ByteBuffer entry = buffer(46 + record.name().length + extraSize);
    entry.putInt(0x02014b50).putShort(VERSION).putShort(VERSION).putShort(FLAGS);
    entry.putShort((short) 0).putInt(0).putInt(record.crc());
    int size = (int) Math.min(record.size(), NARROW);
    entry.putInt(size).putInt(size);
    entry.putShort((short) record.name().length).putShort((short) extraSize);
    entry.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
    entry.putInt((int) Math.min(record.header(), NARROW)).put(record.name());
    if (extra > 0) {
      entry.putShort((short) 1).putShort((short) extra);
      if (wideSize) {
        entry.putLong(record.size()).putLong(record.size());
      }
      if (wideHeader) {
        entry.putLong(record.header());
      }
    }
    return entry.flip();
  }

  private ByteBuffer end64(long start, long size) {
    ByteBuffer end = buffer(56 + 20);
    end.putInt(0x06064b50).putLong(44).putShort(VERSION).putShort(VERSION).putInt(0).putInt(0);
    end.putLong(directory.size()).putLong(directory.size()).putLong(size).putLong(start);
    end.putInt(0x07064b50).putInt(0).putLong(start + size).putInt(1);
    return end.flip();
  }

  private void write(ByteBuffer bytes) throws IOException {
    position += bytes.remaining();
    if (bytes.remaining() > gathered.remaining()) {
      flush();
    }
    if (bytes.remaining() < SMALL) {
      gathered.put(bytes);
    } else {
      flush();
      writeOut(bytes);
    }
  }

  private void flush() throws IOException {
    writeOut(gathered.flip());
    gathered.clear();
  }

  private void writeOut(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
