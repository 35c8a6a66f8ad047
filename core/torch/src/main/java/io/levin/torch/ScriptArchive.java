package io.levin.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive written by hand: the way to any ATen operation without native code.
 *
 * <p>A stored zip of {@code ops/data.pkl} (an empty object of class {@code __torch__.Ops}), {@code
 * ops/code/__torch__.py} (the text) and three small records that the reader asks for.
 */
final class ScriptArchive {
  private ScriptArchive() {}

  /** The archive of a class {@code Ops} with this text. */
  static byte[] of(String source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "ops/data.pkl", object());
      put(zip, "ops/byteorder", ascii("little"));
      put(zip, "ops/code/__torch__.py", ascii(source));
      put(zip, "ops/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      put(zip, "ops/version", ascii("10\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Protocol 2: class, empty tuple, NEWOBJ, dict with training = True, BUILD. */
  private static byte[] object() throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2, 'c'});
    pickle.write(ascii("__torch__\nOps\n"));
    pickle.write(new byte[] {')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
    pickle.write(ascii("training"));
    pickle.write(new byte[] {(byte) 0x88, 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
