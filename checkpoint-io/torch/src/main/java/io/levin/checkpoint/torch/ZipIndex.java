package io.levin.checkpoint.torch;

import io.levin.checkpoint.BadCheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records of a zip archive that holds them uncompressed, as PyTorch's files do; zip64 included.
 * Source: PKWARE's APPNOTE.
 */
final class ZipIndex {
  private static final int END = 0x06054b50;
  private static final int END64 = 0x06064b50;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int LOCAL = 0x04034b50;
  private static final int END_SIZE = 22;
  private static final int LARGEST_COMMENT = 0xffff;
  private static final long LARGEST_DIRECTORY = 256L << 20;
  private static final int ENCRYPTED = 1;

  /**
   * @param header offset of its local header
   */
  record Record(String name, long header, long size, int crc) {}

  private final FileChannel channel;
  private final long length;
  private final String file;

  private ZipIndex(FileChannel channel, String file) throws IOException {
    this.channel = channel;
    this.file = file;
    length = channel.size();
  }

  /** All records by name. */
  static Map<String, Record> read(FileChannel channel, String file) throws IOException {
    return new ZipIndex(channel, file).records();
  }

  private Map<String, Record> records() throws IOException {
    Directory directory = directory();
    ByteBuffer central = bytes(directory.offset, directory.size, "central directory");
    Map<String, Record> records = new LinkedHashMap<>();
    while (central.remaining() >= 46 && central.getInt(central.position()) == CENTRAL) {
      Record record = record(central, directory.offset);
      if (records.put(record.name(), record) != null) {
        throw bad(directory.offset, "two records are named '%s'".formatted(record.name()));
      }
    }
    if (records.size() != directory.entries || central.hasRemaining()) {
      throw bad(
          directory.offset,
          "%d records are claimed, %d are there".formatted(directory.entries, records.size()));
    }
    return records;
  }

  private record Directory(long offset, long size, long entries) {}

  private Directory directory() throws IOException {
    int tail = (int) Math.min(length, END_SIZE + LARGEST_COMMENT);
    ByteBuffer end = bytes(length - tail, tail, "end");
    for (int at = tail - END_SIZE; at >= 0; at--) {
      if (end.getInt(at) == END
          && at + END_SIZE + Short.toUnsignedInt(end.getShort(at + 20)) == tail) {
        long entries = Short.toUnsignedLong(end.getShort(at + 10));
        long size = Integer.toUnsignedLong(end.getInt(at + 12));
        long offset = Integer.toUnsignedLong(end.getInt(at + 16));
        return entries == 0xffff || size == 0xffffffffL || offset == 0xffffffffL
            ? directory64(length - tail + at)
            : new Directory(offset, size, entries);
      }
    }
    throw bad(length, "the archive has no end: it was cut off, or is no archive");
  }

  private Directory directory64(long end) throws IOException {
    ByteBuffer locator = bytes(end - 20, 20, "zip64 locator");
    if (locator.getInt(0) != LOCATOR64) {
      throw bad(end - 20, "the zip64 locator is missing");
    }
    long at = locator.getLong(8);
    ByteBuffer end64 = bytes(at, 56, "zip64 end");
    if (end64.getInt(0) != END64) {
      throw bad(at, "the zip64 end is missing");
    }
    return new Directory(end64.getLong(48), end64.getLong(40), end64.getLong(32));
  }

  private Record record(ByteBuffer central, long offset) {
    int at = central.position();
    long place = offset + at;
    int flags = central.getShort(at + 8);
    int method = central.getShort(at + 10);
    int crc = central.getInt(at + 16);
    long packed = Integer.toUnsignedLong(central.getInt(at + 20));
    long size = Integer.toUnsignedLong(central.getInt(at + 24));
    int nameLength = Short.toUnsignedInt(central.getShort(at + 28));
    int extraLength = Short.toUnsignedInt(central.getShort(at + 30));
    int commentLength = Short.toUnsignedInt(central.getShort(at + 32));
    long header = Integer.toUnsignedLong(central.getInt(at + 42));
    if (central.remaining() < 46 + nameLength + extraLength + commentLength) {
      throw bad(place, "the directory ends within a record");
    }
    String name = StandardCharsets.UTF_8.decode(central.slice(at + 46, nameLength)).toString();
    ByteBuffer extra =
        central.slice(at + 46 + nameLength, extraLength).order(ByteOrder.LITTLE_ENDIAN);
    central.position(at + 46 + nameLength + extraLength + commentLength);
    Extra64 wide = Extra64.of(extra);
    size = wide.next(size);
    packed = wide.next(packed);
    header = wide.next(header);
    if ((flags & ENCRYPTED) != 0 || method != 0 || packed != size) {
      throw bad(place, "record '%s' is compressed or encrypted".formatted(name));
    }
    if (size < 0 || header < 0 || header > length || size > length - header) {
      throw bad(place, "record '%s' lies beyond the end of the file".formatted(name));
    }
    return new Record(name, header, size, crc);
  }

  /** The zip64 extra field: eight bytes for each value that did not fit into four, in order. */
  private record Extra64(ByteBuffer values) {
    static Extra64 of(ByteBuffer extra) {
      while (extra.remaining() >= 4) {
        int id = Short.toUnsignedInt(extra.getShort());
        int size = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
        if (id == 1) {
          return new Extra64(extra.slice(extra.position(), size).order(ByteOrder.LITTLE_ENDIAN));
        }
        extra.position(extra.position() + size);
      }
      return new Extra64(ByteBuffer.allocate(0));
    }

    long next(long narrow) {
      return narrow == 0xffffffffL && values.remaining() >= 8 ? values.getLong() : narrow;
    }
  }

  /** The offset of a record's first byte, behind its local header. */
  static long dataOffset(FileChannel channel, String file, Record record) throws IOException {
    ZipIndex index = new ZipIndex(channel, file);
    ByteBuffer local = index.bytes(record.header(), 30, "header of " + record.name());
    if (local.getInt(0) != LOCAL) {
      throw index.bad(record.header(), "record '%s' has no header".formatted(record.name()));
    }
    long data =
        record.header()
            + 30
            + Short.toUnsignedInt(local.getShort(26))
            + Short.toUnsignedInt(local.getShort(28));
    if (data + record.size() > index.length) {
      throw index.bad(record.header(), "record '%s' ends beyond the file".formatted(record.name()));
    }
    return data;
  }

  private ByteBuffer bytes(long offset, long size, String what) throws IOException {
    if (offset < 0 || size < 0 || size > LARGEST_DIRECTORY || offset > length - size) {
      throw bad(Math.max(offset, 0), "the %s lies beyond the end of the file".formatted(what));
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw bad(offset, "the file ends early");
      }
    }
    return buffer.flip();
  }

  private BadCheckpointException bad(long offset, String what) {
    return new BadCheckpointException("%s, byte %d".formatted(file, offset), what);
  }
}
