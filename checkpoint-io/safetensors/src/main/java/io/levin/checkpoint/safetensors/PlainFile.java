package io.levin.checkpoint.safetensors;

import io.levin.LevinException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.DurableFile;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A single safetensors file as a checkpoint: tensors by name and nothing else. Its free texts are
 * the attribute {@code __metadata__} of the map.
 */
final class PlainFile implements Checkpoint {
  static final String SUFFIX = ".safetensors";

  private final TensorFile file;
  private final OrderedDict root = new OrderedDict();

  private PlainFile(TensorFile file, Wanted wanted) {
    this.file = file;
    file.header()
        .tensors()
        .forEach(
            (name, entry) -> {
              if (wanted.isOnTheWay(name)) {
                root.put(name, Tensor.of(entry.element().dtype(), entry.shape(), file.bytes(name)));
              }
            });
    if (!file.header().metadata().isEmpty()) {
      root.attributes().put(Header.METADATA, new LinkedHashMap<>(file.header().metadata()));
    }
  }

  static PlainFile open(Path path, Wanted wanted) throws IOException {
    return new PlainFile(TensorFile.open(path), wanted);
  }

  /** Whether a path is one by its name and beginning, whole or damaged. */
  static boolean isOne(Path path) {
    if (!path.toString().endsWith(SUFFIX) || !Files.isRegularFile(path)) {
      return false;
    }
    try (var in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(Long.BYTES + 1);
      return start.length == Long.BYTES + 1
          && start[Long.BYTES] == '{'
          && ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong() <= Header.LARGEST;
    } catch (IOException e) {
      return false;
    }
  }

  static void write(Object root, Path path) {
    if (!(root instanceof Map<?, ?> map)
        || !map.entrySet().stream()
            .allMatch(e -> e.getKey() instanceof String && e.getValue() instanceof Tensor)) {
      throw LevinException.user(
          "'%s' was not written: a single safetensors file holds tensors by name and nothing else."
              .formatted(path),
          "Give a path without '%s' for a folder, which holds everything.".formatted(SUFFIX));
    }
    List<Stored> tensors = new ArrayList<>();
    map.forEach(
        (name, value) -> {
          Tensor tensor = (Tensor) value;
          Element element = element((String) name, tensor, path);
          tensors.add(new Stored((String) name, element, tensor.shape(), tensor));
        });
    tensors.sort(HeaderWriter.ORDER);
    DurableFile.write(path, channel -> TensorFileWriter.write(channel, tensors, metadata(map)));
  }

  private static Element element(String name, Tensor tensor, Path path) {
    if (name.equals(Header.METADATA)) {
      throw LevinException.user(
          "'%s' was not written: no tensor of a safetensors file can be called '%s'."
              .formatted(path, name),
          "Rename it.");
    }
    return Element.of(tensor.dtype())
        .orElseThrow(
            () ->
                LevinException.user(
                    "'%s' was not written: tensor '%s' is of type %s, which safetensors has not."
                        .formatted(path, name, tensor.dtype().label()),
                    "Leave it out, or give a path without '%s' for a folder.".formatted(SUFFIX)));
  }

  /** Those it came with; else what readers of PyTorch's weights look for. */
  private static Map<String, String> metadata(Map<?, ?> map) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (map instanceof OrderedDict dict
        && dict.attributes().get(Header.METADATA) instanceof Map<?, ?> kept) {
      kept.forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
    }
    texts.putIfAbsent("format", "pt");
    return texts;
  }

  @Override
  public OrderedDict root() {
    return root;
  }

  @Override
  public void close() {
    file.close();
  }
}
