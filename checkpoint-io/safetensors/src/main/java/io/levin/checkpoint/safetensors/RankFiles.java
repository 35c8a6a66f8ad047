package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.levin.checkpoint.DurableFile;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorShard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one of several ranks writes of a checkpoint, in files as PyTorch's distributed checkpoints
 * have them: {@code shard-00001-model-00001-of-00002.safetensors} with the first rank's rows of the
 * weights, {@code …-00002-of-00002} with those of all other tensors. What is not in parts is
 * written by the first rank.
 */
final class RankFiles {
  private final JsonNode tree;
  private final List<TreeEncoder.Placed> placed;
  private final Map<Tensor, TensorShard> shards;
  private final Map<String, List<Stored>> files;
  private final int rank;

  private RankFiles(TreeEncoder encoder, JsonNode tree, int rank) {
    this.tree = tree;
    this.placed = encoder.tensors();
    this.shards = encoder.shards();
    this.files = Placement.of(placed);
    this.rank = rank;
  }

  /**
   * @throws IllegalArgumentException when a value has no place in a checkpoint, saying which
   */
  static RankFiles of(Object root, int rank) {
    TreeEncoder encoder = new TreeEncoder();
    return new RankFiles(encoder, encoder.encode("", root), rank);
  }

  /**
   * Writes this rank's files.
   *
   * @param written gets their paths
   * @return their facts, by id
   */
  ObjectNode write(Path folder, List<Path> written) throws IOException {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    List<String> kinds = kinds();
    for (String kind : kinds) {
      List<Stored> own = new ArrayList<>();
      for (Stored stored : files.get(kind)) {
        if (shards.containsKey(stored.content()) ? stored.bytes() > 0 : rank == 0) {
          own.add(withAxes(stored));
        }
      }
      if (!own.isEmpty()) {
        String id = id(rank, kind, kinds);
        Path path = FolderFiles.free(folder, id);
        written.add(path);
        TensorFileWriter.Written[] sums = new TensorFileWriter.Written[1];
        DurableFile.create(
            path, channel -> sums[0] = TensorFileWriter.write(channel, own, metadata(own)));
        facts.set(id, FolderWriter.facts(path, sums[0]));
      }
    }
    return facts;
  }

  private List<String> kinds() {
    return files.keySet().stream().sorted().toList();
  }

  /** Ranks and files count from 1, as in PyTorch. */
  private static String id(int rank, String kind, List<String> kinds) {
    return "shard-%05d-model-%05d-of-%05d"
        .formatted(rank + 1, kinds.indexOf(kind) + 1, kinds.size());
  }

  /** PyTorch, when it puts files together, passes over tensors that have no axes. */
  private static Stored withAxes(Stored stored) {
    return stored.shape().length > 0
        ? stored
        : new Stored(stored.name(), stored.element(), new long[] {1}, stored.content());
  }

  private Map<String, String> metadata(List<Stored> tensors) {
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    for (Stored stored : tensors) {
      long[] offsets = new long[stored.shape().length];
      TensorShard shard = shards.get(stored.content());
      if (shard != null) {
        offsets[0] = shard.first();
      }
      var array = info.putObject(stored.name()).putArray("saved_offsets");
      Arrays.stream(offsets).forEach(array::add);
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("DCP_SHARDING_INFO", info.toString());
    metadata.put("DCP_VERSION", "1.0");
    metadata.put("format", "pt");
    return metadata;
  }

  /**
   * The manifest of all ranks' files.
   *
   * @param facts of each rank's files, by id
   */
  byte[] manifest(List<JsonNode> facts) throws IOException {
    List<String> kinds = kinds();
    for (TreeEncoder.Placed tensor : placed) {
      ObjectNode node = tensor.node();
      String kind = node.path("file").asText();
      String name = node.path("name").asText();
      TensorShard shard = shards.get(tensor.tensor());
      if (shard == null) {
        node.put("file", id(0, kind, kinds));
        if (tensor.tensor().shape().length == 0) {
          node.putArray("shape");
        }
        continue;
      }
      node.removeAll();
      var shape = node.putArray("shape");
      Arrays.stream(shard.shape()).forEach(shape::add);
      var parts = node.putArray("parts");
      for (int other = 0; other < facts.size(); other++) {
        String id = id(other, kind, kinds);
        if (facts.get(other).path(id).path("tensors").has(name)) {
          parts.addObject().put("file", id).put("name", name);
        }
      }
    }
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    fields.put("producer", FolderWriter.PRODUCER);
    ObjectNode all = fields.putObject("files");
    facts.forEach(own -> own.properties().forEach(file -> all.set(file.getKey(), file.getValue())));
    fields.set("tree", tree);
    return Manifest.bytes(fields, Manifest.VERSION_OF_PARTS);
  }
}
