package io.levin.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Copies of jars that nobody else writes to: what is checked is what is installed, whatever happens
 * to the original meanwhile. Thread-safe.
 */
final class PluginCopies {
  private final Path folder;
  private final AtomicInteger count = new AtomicInteger();

  PluginCopies(Path folder) {
    this.folder = folder;
  }

  /** A copy, and the SHA-256 of what it holds, in small hexadecimal digits. */
  record Copy(Path file, String sha256) {}

  /** Copies a file; a link that was put in its place is not followed. */
  Copy of(Path jar) throws IOException {
    Path own = Files.createDirectories(folder.resolve(Integer.toString(count.getAndIncrement())));
    Path copy = own.resolve(jar.getFileName());
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(jar, LinkOption.NOFOLLOW_LINKS);
        OutputStream out = new DigestOutputStream(Files.newOutputStream(copy), digest)) {
      in.transferTo(out);
    }
    return new Copy(copy, HexFormat.of().formatHex(digest.digest()));
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
