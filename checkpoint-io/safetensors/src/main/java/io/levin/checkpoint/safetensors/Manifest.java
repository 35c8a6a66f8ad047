package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.levin.checkpoint.BadCheckpointException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * {@code manifest.json}: what a checkpoint's folder holds. It begins with the CRC-32C of everything
 * behind it, in this very form, so that a damaged one is known before it is believed:
 *
 * <pre>{"crc32c":"89abcdef","format":"levin-safetensors","version":1,…}</pre>
 */
final class Manifest {
  static final String FILE = "manifest.json";
  static final String FORMAT = "levin-safetensors";
  static final int VERSION = 1;

  /** Of a manifest with tensors in parts. */
  static final int VERSION_OF_PARTS = 2;

  private static final String START = "{\"crc32c\":\"";
  private static final String MIDDLE = "\",";
  private static final String NEXT = "\"format\":\"" + FORMAT + "\",";
  private static final int SUMMED = START.length() + 8 + MIDDLE.length();
  private static final long LARGEST = 1L << 30;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(5 * TreeEncoder.DEEPEST)
                          .maxStringLength((int) LARGEST)
                          .build())
                  .streamWriteConstraints(
                      StreamWriteConstraints.builder()
                          .maxNestingDepth(5 * TreeEncoder.DEEPEST)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Manifest() {}

  /** The bytes of a manifest with these fields behind the first three. */
  static byte[] bytes(ObjectNode fields) throws IOException {
    return bytes(fields, VERSION);
  }

  static byte[] bytes(ObjectNode fields, int version) throws IOException {
    ObjectNode all = JSON.createObjectNode();
    all.put("crc32c", "00000000").put("format", FORMAT).put("version", version);
    all.setAll(fields);
    byte[] bytes = JSON.writeValueAsBytes(all);
    byte[] sum = hex(sum(bytes)).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(sum, 0, bytes, START.length(), sum.length);
    return bytes;
  }

  /** Whether a folder holds a manifest of ours by its beginning, whole or damaged. */
  static boolean isIn(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(SUMMED + NEXT.length());
      String text = new String(start, StandardCharsets.US_ASCII);
      return text.startsWith(START) && text.endsWith(MIDDLE + NEXT);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @throws BadCheckpointException when it is damaged or of a later version
   */
  static JsonNode read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (Files.size(file) > LARGEST) {
      throw bad(file, "it has %d bytes".formatted(Files.size(file)));
    }
    byte[] bytes = Files.readAllBytes(file);
    String start = new String(bytes, 0, Math.min(SUMMED, bytes.length), StandardCharsets.US_ASCII);
    if (!start.startsWith(START) || !start.endsWith(MIDDLE) || start.length() < SUMMED) {
      throw bad(file, "it does not begin with its checksum");
    }
    String claimed = start.substring(START.length(), START.length() + 8);
    if (!hex(sum(bytes)).equals(claimed)) {
      throw bad(
          file, "it is damaged: its CRC-32C is %s, not %s".formatted(hex(sum(bytes)), claimed));
    }
    JsonNode manifest;
    try {
      manifest = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new BadCheckpointException(
          file.toString(), "its JSON is broken: " + e.getOriginalMessage(), e);
    }
    if (!manifest.path("format").asText().equals(FORMAT)) {
      throw bad(file, "its format is '%s'".formatted(manifest.path("format").asText()));
    }
    int version = manifest.path("version").asInt();
    if (version != VERSION && version != VERSION_OF_PARTS) {
      throw bad(
          file,
          "it is of version %s, but this Levin reads versions %d and %d"
              .formatted(manifest.path("version"), VERSION, VERSION_OF_PARTS));
    }
    return manifest;
  }

  private static int sum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, SUMMED, bytes.length - SUMMED);
    return (int) sum.getValue();
  }

  static String hex(int sum) {
    return HexFormat.of().toHexDigits(sum);
  }

  private static BadCheckpointException bad(Path file, String what) {
    return new BadCheckpointException(file.toString(), what);
  }
}
