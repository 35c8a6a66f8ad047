package io.levin.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** The build ID that a linker leaves in a native library: it names one build and no other. */
final class BuildId {
  private static final int HEADER = 64;
  private static final int PROGRAM_HEADERS_AT = 0x20;
  private static final int PROGRAM_HEADER_SIZE_AT = 0x36;
  private static final int PROGRAM_HEADER_COUNT_AT = 0x38;
  private static final int ELF = 0x464c457f;
  private static final int BITS_64_LITTLE_ENDIAN = 0x0102;
  private static final int NOTE_SEGMENT = 4;
  private static final int BUILD_ID_NOTE = 3;
  private static final int MOST_NOTES = 1 << 16;

  private BuildId() {}

  /** In hexadecimal digits; nothing where the file has none or is no 64-bit ELF file. */
  static Optional<String> of(Path library) throws IOException {
    try (FileChannel file = FileChannel.open(library)) {
      ByteBuffer header = read(file, 0, HEADER);
      if (header.getInt(0) != ELF || header.getShort(4) != BITS_64_LITTLE_ENDIAN) {
        return Optional.empty();
      }
      int size = header.getShort(PROGRAM_HEADER_SIZE_AT);
      for (int i = 0; i < header.getShort(PROGRAM_HEADER_COUNT_AT); i++) {
        ByteBuffer segment = read(file, header.getLong(PROGRAM_HEADERS_AT) + (long) i * size, size);
        if (segment.getInt(0) == NOTE_SEGMENT) {
          long length = Math.min(segment.getLong(0x20), MOST_NOTES);
          Optional<String> id = inNotes(read(file, segment.getLong(0x08), (int) length));
          if (id.isPresent()) {
            return id;
          }
        }
      }
      return Optional.empty();
    }
  }

  private static Optional<String> inNotes(ByteBuffer notes) {
    while (notes.remaining() >= 12) {
      int name = padded(notes.getInt());
      int length = notes.getInt();
      int type = notes.getInt();
      if (length < 0 || name < 0 || name + padded(length) > notes.remaining()) {
        return Optional.empty();
      }
      notes.position(notes.position() + name);
      byte[] content = new byte[length];
      notes.get(content);
      if (type == BUILD_ID_NOTE) {
        return Optional.of(HexFormat.of().formatHex(content));
      }
      notes.position(notes.position() + padded(length) - length);
    }
    return Optional.empty();
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, position + bytes.position()) < 0) {
        throw new IOException(length + " bytes at " + position + " are beyond its end");
      }
    }
    return bytes.flip();
  }
}
