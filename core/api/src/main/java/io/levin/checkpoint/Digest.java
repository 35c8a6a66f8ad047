package io.levin.checkpoint;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a tensor's elements, little-endian in row-major order. */
public final class Digest {
  private static final int CHUNK = 1 << 20;

  private Digest() {}

  public static String sha256(Tensor tensor) {
    MessageDigest digest = algorithm();
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, tensor.size()));
    for (long at = 0; at < tensor.size(); at += CHUNK) {
      chunk.clear().limit((int) Math.min(CHUNK, tensor.size() - at));
      tensor.read(at, chunk);
      digest.update(chunk.flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
