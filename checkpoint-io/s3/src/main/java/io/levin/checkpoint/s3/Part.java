package io.levin.checkpoint.s3;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.sync.RequestBody;

/** Bytes of one request, kept until it is answered: it may have to be sent again. */
final class Part {
  static final int SIZE = 8 << 20;

  private final ByteBuffer bytes;

  Part(int size) {
    bytes = ByteBuffer.allocate(size);
  }

  boolean isFull() {
    return !bytes.hasRemaining();
  }

  /** As much as there is room for. */
  void take(ByteBuffer from) {
    int count = Math.min(from.remaining(), bytes.remaining());
    bytes.put(from.slice(from.position(), count));
    from.position(from.position() + count);
  }

  void clear() {
    bytes.clear();
  }

  /** CRC-32C of the bytes, as S3 writes it. */
  String checksum() {
    CRC32C sum = new CRC32C();
    sum.update(bytes.array(), 0, bytes.position());
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
    return Base64.getEncoder().encodeToString(value);
  }

  /** The bytes themselves, as often as they are asked for. */
  RequestBody body() {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes.array(), 0, bytes.position()),
        bytes.position(),
        "application/octet-stream");
  }
}
