package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.DurableFile;
import io.levin.checkpoint.DurableFolder;
import io.levin.checkpoint.WholeFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a folder. A new one is written aside and renamed. One that is there already gets new files
 * beside its old ones, then its manifest is replaced in one step, then the old files go: at every
 * moment the manifest that is there names files that are whole. So does a new one in a storage
 * without renames: it is a checkpoint once it has a manifest.
 */
final class FolderWriter {
  static final String PRODUCER = "levin 1.0";

  private final JsonNode tree;
  private final Map<String, List<Stored>> files;
  private final Set<Path> written = new LinkedHashSet<>();

  private FolderWriter(JsonNode tree, Map<String, List<Stored>> files) {
    this.tree = tree;
    this.files = files;
  }

  /**
   * @throws IllegalArgumentException when a value has no place in a checkpoint, saying which
   */
  static FolderWriter of(Object root) {
    TreeEncoder encoder = new TreeEncoder();
    JsonNode tree = encoder.encode("", root);
    return new FolderWriter(tree, Placement.of(encoder.tensors()));
  }

  /**
   * @param path of nothing yet, or of a folder that may be replaced
   */
  void write(Path path) {
    if (!Files.isDirectory(path) && WholeFiles.of(path).isEmpty()) {
      DurableFolder.create(
          path,
          folder -> {
            ObjectNode manifest = data(folder);
            DurableFile.create(
                folder.resolve(Manifest.FILE), channel -> put(channel, Manifest.bytes(manifest)));
          });
      return;
    }
    replace(path);
  }

  private void replace(Path path) {
    boolean isDone = false;
    try {
      DurableFile.write(
          path.resolve(Manifest.FILE), channel -> put(channel, Manifest.bytes(data(path))));
      isDone = true;
    } finally {
      if (!isDone) {
        // No manifest names them.
        FolderFiles.discard(written);
      }
    }
    FolderFiles.removeAllBut(written, path);
  }

  /** Writes the files of tensors, and gives the manifest's fields. */
  private ObjectNode data(Path folder) throws IOException {
    ObjectNode fields = JsonNodeFactory.instance.objectNode().put("producer", PRODUCER);
    ObjectNode described = fields.putObject("files");
    for (Map.Entry<String, List<Stored>> file : files.entrySet()) {
      described.set(file.getKey(), data(folder, file.getKey(), file.getValue()));
    }
    fields.set("tree", tree);
    return fields;
  }

  private ObjectNode data(Path folder, String id, List<Stored> tensors) throws IOException {
    Path path = FolderFiles.free(folder, id);
    written.add(path);
    TensorFileWriter.Written[] sums = new TensorFileWriter.Written[1];
    DurableFile.create(
        path,
        channel -> sums[0] = TensorFileWriter.write(channel, tensors, Map.of("format", "pt")));
    return facts(path, sums[0]);
  }

  static ObjectNode facts(Path path, TensorFileWriter.Written written) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("name", path.getFileName().toString());
    facts.put("size", written.size());
    facts.put("crc32c", Manifest.hex(written.crc()));
    facts.put("header_crc32c", Manifest.hex(written.headerCrc()));
    ObjectNode sums = facts.putObject("tensors");
    written.tensors().forEach((name, sum) -> sums.put(name, Manifest.hex(sum)));
    return facts;
  }

  private static void put(WritableByteChannel channel, byte[] bytes) throws IOException {
    Bytes all = Bytes.of(bytes);
    ByteBuffer rest = all.view(0, bytes.length);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }
}
