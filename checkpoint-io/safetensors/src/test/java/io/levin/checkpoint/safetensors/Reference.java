package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/** Files that the reference implementation wrote, and what it says of others. */
final class Reference {
  static final Path FOLDER =
      Path.of("src/test/resources/io/levin/checkpoint/safetensors/golden/safetensors-0.8.0");

  private Reference() {}

  record Verdict(String name, byte[] file, boolean accepted) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Verdict> verdicts() {
    try {
      return StreamSupport.stream(
              new ObjectMapper().readTree(FOLDER.resolve("verdicts.json").toFile()).spliterator(),
              false)
          .map(
              node ->
                  new Verdict(
                      node.path("name").asText(),
                      HexFormat.of().parseHex(node.path("hex").asText()),
                      node.path("accepted").asBoolean()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
