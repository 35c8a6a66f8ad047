package io.levin.it.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Compares all tensors of two checkpoints, by what {@code levin ckpt show} says of them. */
final class Bits {
  private Bits() {}

  /** Names of tensors that are not bit for bit the same, or are in one of them only. */
  static List<String> differences(Path one, Path other) throws IOException {
    JsonNode first = tensors(one);
    JsonNode second = tensors(other);
    TreeSet<String> names = new TreeSet<>();
    first.fieldNames().forEachRemaining(names::add);
    second.fieldNames().forEachRemaining(names::add);
    if (names.size() < 10) {
      throw new AssertionError("Weights and optimizer states have more tensors: " + names);
    }
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      if (!first.path(name).equals(second.path(name))) {
        differences.add(name);
      }
    }
    return differences;
  }

  private static JsonNode tensors(Path checkpoint) throws IOException {
    Command.Outcome shown =
        new Command(
                checkpoint.getParent(),
                List.of(SlurmJob.LEVIN, "ckpt", "show", "--json", checkpoint.toString()))
            .run();
    if (shown.code() != 0) {
      throw new AssertionError(shown.text());
    }
    return new ObjectMapper().readTree(shown.text()).path("tensors");
  }
}
