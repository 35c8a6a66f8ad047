package io.levin.it.cluster;

import static io.levin.arguments.TrainerArguments.GRADIENT_CLIP_VAL;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import io.levin.data.loading.ArrayDataset;
import io.levin.module.LevinModule;
import io.levin.optim.NamedArray;
import io.levin.optim.Optimizer;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.Adam;
import io.levin.optim.torch.AdamW;
import io.levin.optim.torch.SGD;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;

/** A run of the real Lightning, in one process, to be done again by several. */
record GoldenRun(String name, JsonNode run, JsonNode inputs) {
  private static final Map<String, String> NAMES =
      Map.of("01Linear", "net.0", "03Linear", "net.2", "05Linear", "net.4");

  static GoldenRun read(String name) {
    try {
      Path root = Path.of(System.getProperty("levin.golden"));
      ObjectMapper json = new ObjectMapper();
      JsonNode run = json.readTree(root.resolve("runs").resolve(name + ".json").toFile());
      return new GoldenRun(
          name, run, json.readTree(root.resolve(run.get("inputs").asText()).toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String precision() {
    return run.get("precision").asText();
  }

  int accumulate() {
    return run.get("accumulate_grad_batches").asInt();
  }

  Arguments clipped(Arguments arguments) {
    String clip = run.get("clip").asText();
    return clip.startsWith("norm")
        ? arguments.with(GRADIENT_CLIP_VAL, Double.valueOf(clip.substring("norm".length())))
        : arguments;
  }

  /** Batches of which each rank has its share. */
  DataModule data(int ranks) {
    float[][] x = new float[inputs.get("x").size()][];
    long[] y = new long[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = floats(inputs.get("x").get(i));
      y[i] = inputs.get("y").get(i).asLong();
    }
    ArrayDataset dataset = ArrayDataset.classes(x, y);
    return new DataModule() {
      @Override
      public Loader train() {
        return Loader.of(dataset, inputs.get("batch_size").asInt() / ranks);
      }
    };
  }

  private static float[] floats(JsonNode row) {
    float[] values = new float[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) row.get(i).asDouble();
    }
    return values;
  }

  LevinModule module() {
    return new Module();
  }

  /** Says the loss of every batch, and what the weights are in the end. */
  final class Losses implements Callback {
    @Override
    public void onTrainBatchEnd(
        Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
      try (NDArray wide = loss.toType(DataType.FLOAT64, true)) {
        Rank.say("loss " + name, wide.toDoubleArray()[0]);
      }
    }

    @Override
    public void onFitEnd(Trainer trainer, LevinModule module) {
      for (NamedArray parameter : module.parameters()) {
        try (NDArray wide = parameter.array().toType(DataType.FLOAT64, true);
            NDArray sum = wide.sum()) {
          Rank.say("sum " + name, parameter.name() + " " + sum.getDouble());
        }
      }
    }
  }

  private final class Module extends LevinModule {
    Module() {
      super(
          new SequentialBlock()
              .add(linear("net.0"))
              .add(Activation::relu)
              .add(linear("net.2"))
              .add(Activation::tanh)
              .add(linear("net.4")),
          new Shape(1, inputs.get("x").get(0).size()));
    }

    @Override
    public Optimizers configureOptimizers() {
      for (NamedArray parameter : parameters()) {
        int dot = parameter.name().lastIndexOf('.');
        String python =
            NAMES.get(parameter.name().substring(0, dot)) + parameter.name().substring(dot);
        fill(parameter.array(), inputs.get("init").get(python));
      }
      return Optimizers.of(optimizer(this));
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      return io.levin.torch.Losses.crossEntropy(forward(batch.get(0)), batch.get(1));
    }
  }

  private Linear linear(String layer) {
    return Linear.builder().setUnits(inputs.get("init").get(layer + ".bias").size()).build();
  }

  private static void fill(NDArray array, JsonNode values) {
    ByteBuffer bytes = array.toByteBuffer(true).order(ByteOrder.nativeOrder());
    boolean isWide = array.getDataType() == DataType.FLOAT64;
    for (JsonNode row : values) {
      for (JsonNode value : row.isArray() ? row : java.util.List.of(row)) {
        if (isWide) {
          bytes.putDouble((float) value.asDouble());
        } else {
          bytes.putFloat((float) value.asDouble());
        }
      }
    }
  }

  private Optimizer optimizer(LevinModule module) {
    JsonNode options = run.get("optimizer_args");
    double lr = options.get("lr").asDouble();
    return switch (run.get("optimizer").asText()) {
      case "SGD" -> new SGD(module.parameters(), lr).momentum(options.path("momentum").asDouble(0));
      case "Adam" -> new Adam(module.parameters(), lr);
      default ->
          new AdamW(module.parameters(), lr).weightDecay(options.get("weight_decay").asDouble());
    };
  }
}
