package io.levin.checkpoint.torch;

import io.levin.checkpoint.BadCheckpointException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of one pickle, read forwards; every failure names the record and the offset. */
final class Input {
  private final String record;
  private final ByteBuffer bytes;
  private int opcodeAt;

  Input(String record, ByteBuffer bytes) {
    this.record = record;
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  int opcode() {
    opcodeAt = bytes.position();
    return octet();
  }

  int octet() {
    return Byte.toUnsignedInt(take(1).get());
  }

  int unsigned16() {
    return Short.toUnsignedInt(take(2).getShort());
  }

  int int32() {
    return take(4).getInt();
  }

  long int64() {
    return take(8).getLong();
  }

  double bigEndianDouble() {
    return take(8).order(ByteOrder.BIG_ENDIAN).getDouble();
  }

  /** A length of four bytes that is claimed before what it measures. */
  int length32() {
    return length(Integer.toUnsignedLong(int32()));
  }

  int length64() {
    return length(int64());
  }

  private int length(long claimed) {
    if (claimed < 0 || claimed > bytes.remaining()) {
      throw bad(
          "%s bytes are claimed, but only %d remain"
              .formatted(Long.toUnsignedString(claimed), bytes.remaining()));
    }
    return (int) claimed;
  }

  /** The length of a frame: bytes that follow, though read one by one. */
  void length64Behind() {
    length(int64());
  }

  byte[] raw(int length) {
    byte[] raw = new byte[length(length)];
    bytes.get(raw);
    return raw;
  }

  String utf8(int length) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(take(length)).toString();
    } catch (CharacterCodingException e) {
      // Python writes lone surrogates too; they have no place in a text of ours.
      throw bad("a text is not UTF-8");
    }
  }

  /** Up to the next line feed, which is left out. */
  String line() {
    for (int at = bytes.position(); at < bytes.limit(); at++) {
      if (bytes.get(at) == '\n') {
        String line = StandardCharsets.ISO_8859_1.decode(take(at - bytes.position())).toString();
        bytes.get();
        return line;
      }
    }
    throw bad("it ends within a line");
  }

  private ByteBuffer take(int length) {
    if (length > bytes.remaining()) {
      throw bad("it ends early");
    }
    ByteBuffer part = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + length);
    return part;
  }

  int position() {
    return bytes.position();
  }

  BadCheckpointException bad(String what) {
    return new BadCheckpointException(place(), what);
  }

  String place() {
    return "%s, byte %d".formatted(record, opcodeAt);
  }
}
