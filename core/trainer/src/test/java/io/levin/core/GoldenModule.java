package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import com.fasterxml.jackson.databind.JsonNode;
import io.levin.module.LevinModule;
import io.levin.optim.NamedArray;
import io.levin.optim.Optimizer;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.Adam;
import io.levin.optim.torch.AdamW;
import io.levin.optim.torch.SGD;
import io.levin.torch.Losses;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** The golden runs' network and optimizer, with their first weights. */
final class GoldenModule extends LevinModule {
  private static final Map<String, String> NAMES =
      Map.of("01Linear", "net.0", "03Linear", "net.2", "05Linear", "net.4");

  private final JsonNode run;
  private final JsonNode init;

  GoldenModule(JsonNode run) {
    super(
        net(Golden.inputs(run).get("init")),
        new Shape(1, Golden.inputs(run).get("x").get(0).size()));
    this.run = run;
    this.init = Golden.inputs(run).get("init");
  }

  private static Block net(JsonNode init) {
    return new SequentialBlock()
        .add(linear(init, "net.0"))
        .add(Activation::relu)
        .add(linear(init, "net.2"))
        .add(Activation::tanh)
        .add(linear(init, "net.4"));
  }

  private static Block linear(JsonNode init, String name) {
    return Linear.builder().setUnits(init.get(name + ".bias").size()).build();
  }

  static String pythonName(String name) {
    int dot = name.lastIndexOf('.');
    return NAMES.get(name.substring(0, dot)) + name.substring(dot);
  }

  @Override
  public Optimizers configureOptimizers() {
    for (NamedArray parameter : parameters()) {
      double[] values = Golden.flat(init.get(pythonName(parameter.name())));
      ByteBuffer bytes = parameter.array().toByteBuffer(true).order(ByteOrder.nativeOrder());
      for (double value : values) {
        if (parameter.array().getDataType() == ai.djl.ndarray.types.DataType.FLOAT64) {
          bytes.putDouble((float) value);
        } else {
          bytes.putFloat((float) value);
        }
      }
    }
    return GoldenSchedules.with(run, optimizer());
  }

  private Optimizer optimizer() {
    JsonNode options = run.get("optimizer_args");
    double lr = options.get("lr").asDouble();
    double decay = options.path("weight_decay").asDouble(-1);
    return switch (run.get("optimizer").asText()) {
      case "SGD" -> {
        SGD sgd = new SGD(parameters(), lr).momentum(options.path("momentum").asDouble(0));
        if (decay >= 0) {
          sgd.weightDecay(decay);
        }
        yield options.path("nesterov").asBoolean(false) ? sgd.nesterov() : sgd;
      }
      case "Adam" -> new Adam(parameters(), lr);
      case "AdamW" -> new AdamW(parameters(), lr).weightDecay(decay);
      default -> throw new IllegalArgumentException(run.get("optimizer").asText());
    };
  }

  @Override
  public NDArray trainingStep(NDList batch, int batchIndex) {
    return Losses.crossEntropy(forward(batch.get(0)), batch.get(1));
  }
}
