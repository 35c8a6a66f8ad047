package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.fasterxml.jackson.databind.JsonNode;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.module.LevinModule;
import io.levin.optim.NamedArray;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.plan.Surroundings;
import io.levin.torch.Gradient;
import io.levin.trainer.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real Lightning's runs, step by step, through the real Trainer. */
class ParityTest {
  /**
   * What a plain reimplementation of the rules differs from Lightning by, and a little more; with
   * bf16 one rounding that goes the other way grows over the steps.
   */
  private static final Map<String, Double> TOLERANCES =
      Map.of("32", 1e-6, "64", 1e-12, "bf16", 6e-3);

  @TempDir Path folder;

  static Stream<String> runs() {
    return Golden.runs().filter(name -> name.matches(".*-(32|64|bf16)(-.*)?"));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void agreesWithLightningStepByStep(String name) {
    JsonNode run = Golden.run(name);
    double tolerance = TOLERANCES.get(run.get("precision").asText());
    Recorder recorder = new Recorder();
    Arguments arguments =
        Golden.arguments(run)
            .with(DEFAULT_ROOT_DIR, folder.toString())
            .with(PRECISION, run.get("precision").asText());
    GoldenModule module = new GoldenModule(run);
    try (Trainer trainer =
        TestOffers.trainers().create(arguments, Surroundings.here(), List.of(recorder))) {
      trainer.fit(module, Golden.data(run));
      Map<String, double[]> weights = recorder.weights;
      run.get("final_weights")
          .fields()
          .forEachRemaining(
              entry ->
                  assertThat(weights.get(entry.getKey()))
                      .as(entry.getKey())
                      .containsExactly(Golden.flat(entry.getValue()), within(tolerance)));
    }
    assertThat(recorder.losses.stream().mapToDouble(Double::doubleValue).toArray())
        .containsExactly(Golden.flat(run.get("losses")), within(tolerance));
    JsonNode steps = run.get("steps");
    assertThat(recorder.norms).hasSize(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      assertThat(recorder.norms.get(i))
          .as("norm of step %d", i)
          .isCloseTo(steps.get(i).get("grad_norm_before_clip").asDouble(), within(tolerance * 10));
      assertThat(recorder.lrs.get(i)).isEqualTo(steps.get(i).get("lr").asDouble(), within(1e-15));
    }
  }

  /** Keeps what the golden runs kept. */
  static final class Recorder implements Callback {
    final List<Double> losses = new ArrayList<>();
    final List<Double> norms = new ArrayList<>();
    final List<Double> lrs = new ArrayList<>();
    Map<String, double[]> weights = Map.of();

    @Override
    public void onTrainBatchEnd(
        Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
      losses.add(Scalars.read(loss));
    }

    @Override
    public void onBeforeOptimizerStep(
        Trainer trainer, LevinModule module, Optimizer optimizer, int optimizerIndex) {
      double squares = 0;
      for (ParameterGroup group : optimizer.groups()) {
        for (NDArray parameter : group.arrays()) {
          try (NDArray gradient = Gradient.of(parameter)) {
            for (double value : Golden.values(gradient)) {
              squares += value * value;
            }
          }
        }
      }
      norms.add(Math.sqrt(squares));
      lrs.add(optimizer.groups().get(0).lr());
    }

    @Override
    public void onFitEnd(Trainer trainer, LevinModule module) {
      weights = new java.util.LinkedHashMap<>();
      for (NamedArray parameter : module.parameters()) {
        weights.put(GoldenModule.pythonName(parameter.name()), Golden.values(parameter.array()));
      }
    }
  }
}
