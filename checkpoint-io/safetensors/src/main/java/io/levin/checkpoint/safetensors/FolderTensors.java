package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.CheckedBytes;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The tensors in the files of a folder, as its manifest describes them. */
final class FolderTensors implements AutoCloseable {
  /** A file in the folder itself, by a name that no system takes for anything else. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}");

  private static final Pattern SUM = Pattern.compile("[0-9a-f]{8}");

  private final Path folder;
  private final JsonNode files;
  private final Map<String, TensorFile> open = new LinkedHashMap<>();

  /** Two tensors that are one have the same bytes. */
  private final Map<JsonNode, Bytes> joined = new HashMap<>();

  /**
   * @param files of the manifest, by id
   */
  FolderTensors(Path folder, JsonNode files) {
    this.folder = folder;
    this.files = files;
  }

  List<String> ids() {
    List<String> ids = new ArrayList<>();
    files.fieldNames().forEachRemaining(ids::add);
    return ids;
  }

  /** A file, opened and found to be the one that the manifest means. */
  TensorFile file(String id) {
    TensorFile known = open.get(id);
    if (known != null) {
      return known;
    }
    JsonNode facts = files.path(id);
    String name = facts.path("name").asText();
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no file '%s' with a plain name".formatted(id));
    }
    Path path = folder.resolve(name);
    try {
      TensorFile file = TensorFile.open(path);
      open.put(id, file);
      if (file.size() != facts.path("size").asLong(-1)) {
        throw file.bad(
            "it has %d bytes, but its manifest says %s"
                .formatted(file.size(), facts.path("size").asText()));
      }
      if (file.sum(file.header().size()) != sum(id, "header_crc32c")) {
        throw file.bad("its header is damaged: its CRC-32C is not that of the manifest");
      }
      return file;
    } catch (NoSuchFileException e) {
      throw new BadCheckpointException(path.toString(), "the file is missing", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int sum(String id, String field) {
    return hex(files.path(id).path(field));
  }

  private static int hex(JsonNode node) {
    if (!node.isTextual() || !SUM.matcher(node.textValue()).matches()) {
      throw new IllegalArgumentException("a checksum that is none");
    }
    return Integer.parseUnsignedInt(node.textValue(), 16);
  }

  /** The bytes of all tensors in a file. */
  List<CheckedBytes> all(String id) {
    return file(id).header().tensors().keySet().stream()
        .map(name -> (CheckedBytes) bytes(id, name))
        .toList();
  }

  private Bytes bytes(String id, String name) {
    return file(id).bytes(name, hex(files.path(id).path("tensors").path(name)));
  }

  /** The tensor that a node of the tree describes. */
  Tensor tensor(JsonNode node) {
    if (node.has("parts")) {
      return joined(node);
    }
    String id = node.path("file").asText();
    String name = node.path("name").asText();
    Header.Entry entry = file(id).header().tensors().get(name);
    if (entry == null) {
      throw new IllegalArgumentException("a tensor '%s' that no file has".formatted(name));
    }
    DType dtype =
        node.has("dtype")
            ? DType.of(node.path("dtype").asText())
                .orElseThrow(
                    () -> new IllegalArgumentException("a dtype %s".formatted(node.path("dtype"))))
            : entry.element().dtype();
    long[] shape = node.has("shape") ? numbers(node.path("shape")) : entry.shape();
    long[] stride = node.has("stride") ? numbers(node.path("stride")) : Tensor.rowMajor(shape);
    long offset = node.path("offset").asLong(0);
    return new Tensor(
        dtype, shape, stride, offset, bytes(id, name), node.path("parameter").asBoolean());
  }

  /** A tensor whose rows are in several files, one after the other. */
  private Tensor joined(JsonNode node) {
    List<Bytes> pieces = new ArrayList<>();
    DType dtype = null;
    for (JsonNode part : node.path("parts")) {
      Tensor piece = tensor(part);
      if (dtype != null && dtype != piece.dtype()) {
        throw new IllegalArgumentException("a tensor with parts of several types");
      }
      dtype = piece.dtype();
      pieces.add(piece.storage());
    }
    long[] shape = numbers(node.path("shape"));
    if (dtype == null) {
      throw new IllegalArgumentException("a tensor without parts");
    }
    Bytes all = joined.computeIfAbsent(node.path("parts"), key -> new JoinedBytes(pieces));
    Tensor whole = Tensor.of(dtype, shape, all);
    if (whole.size() != all.size()) {
      throw new IllegalArgumentException(
          "a tensor whose parts have %d bytes, but its shape needs %d"
              .formatted(all.size(), whole.size()));
    }
    return node.path("parameter").asBoolean() ? whole.asParameter() : whole;
  }

  private static long[] numbers(JsonNode array) {
    long[] numbers = new long[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!array.get(i).isIntegralNumber() || !array.get(i).canConvertToLong()) {
        throw new IllegalArgumentException("sizes of %s".formatted(array));
      }
      numbers[i] = array.get(i).longValue();
    }
    return numbers;
  }

  @Override
  public void close() {
    open.values().forEach(TensorFile::close);
  }
}
