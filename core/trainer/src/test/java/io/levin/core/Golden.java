package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.arguments.Arguments;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import io.levin.data.loading.ArrayDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The golden runs of the real Lightning, as test data. */
final class Golden {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of("src/test/resources/golden/parity");

  private Golden() {}

  static Stream<String> runs() {
    try (Stream<Path> files = Files.list(ROOT.resolve("runs"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode run(String name) {
    return read("runs/" + name + ".json");
  }

  static JsonNode read(String file) {
    try {
      return JSON.readTree(ROOT.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode inputs(JsonNode run) {
    return read(run.get("inputs").asText());
  }

  static Arguments arguments(JsonNode run) {
    String clip = run.get("clip").asText();
    Arguments arguments =
        Arguments.none()
            .with(MAX_EPOCHS, 2)
            .with(ACCUMULATE_GRAD_BATCHES, run.get("accumulate_grad_batches").asInt())
            .with(ENABLE_PROGRESS_BAR, false)
            .with(ENABLE_CHECKPOINTING, false)
            .with(LOGGERS, List.of())
            .with(SEED, 1L)
            .with(THREADS, 1);
    if (clip.equals("none")) {
      return arguments;
    }
    boolean norm = clip.startsWith("norm");
    return arguments
        .with(GRADIENT_CLIP_ALGORITHM, norm ? "norm" : "value")
        .with(GRADIENT_CLIP_VAL, Double.valueOf(clip.replaceAll("[a-z]", "")));
  }

  static DataModule data(JsonNode run) {
    JsonNode inputs = inputs(run);
    JsonNode x = inputs.get("x");
    float[][] rows = new float[x.size()][];
    for (int i = 0; i < rows.length; i++) {
      double[] row = flat(x.get(i));
      rows[i] = new float[row.length];
      for (int k = 0; k < row.length; k++) {
        rows[i][k] = (float) row[k];
      }
    }
    long[] labels = new long[rows.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = inputs.get("y").get(i).asLong();
    }
    ArrayDataset dataset = ArrayDataset.classes(rows, labels);
    return new DataModule() {
      @Override
      public Loader train() {
        return Loader.of(dataset, inputs.get("batch_size").asInt());
      }
    };
  }

  static double[] flat(JsonNode node) {
    List<Double> values = new ArrayList<>();
    flatten(node, values);
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void flatten(JsonNode node, List<Double> values) {
    if (node.isArray()) {
      node.forEach(child -> flatten(child, values));
    } else {
      values.add(node.asDouble());
    }
  }

  static double[] values(NDArray array) {
    try (NDArray wide = array.toType(DataType.FLOAT64, true)) {
      return wide.toDoubleArray();
    }
  }
}
