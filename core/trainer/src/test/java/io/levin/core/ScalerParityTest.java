package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import io.levin.plan.Surroundings;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.Scope;
import io.levin.precision.amp.NativeMixedPrecisionPlugin;
import io.levin.precision.amp.ScalerOptions;
import io.levin.torch.Gradient;
import io.levin.trainer.Trainer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lightning's runs with a gradient scaler and injected infinities; computing in 32 bits, as they.
 */
class ScalerParityTest {
  @TempDir Path folder;

  static Stream<String> runs() {
    return Golden.runs().filter(name -> name.startsWith("scaler-"));
  }

  /** The scaler of precision 16 without the casts. */
  private static final class Scaled extends NativeMixedPrecisionPlugin {
    Scaled(JsonNode scaler) {
      super(
          "16",
          new ScalerOptions(
              scaler.get("init_scale").asDouble(),
              scaler.get("growth_factor").asDouble(),
              scaler.get("backoff_factor").asDouble(),
              scaler.get("growth_interval").asInt()));
    }

    @Override
    public Scope forwardContext() {
      return Scope.NONE;
    }
  }

  private record Offered(PrecisionPlugin plugin) implements Offer<PrecisionPlugin> {
    @Override
    public Family family() {
      return Family.PRECISION;
    }

    @Override
    public String name() {
      return "NativeMixedPrecisionPlugin";
    }

    @Override
    public Set<String> words() {
      return Set.of("16");
    }

    @Override
    public Answer answer(Request request) {
      return Answer.fits(100, "the test is about it")
          .with(Settings.PRECISION, "16")
          .with(Settings.SCALER, true);
    }

    @Override
    public PrecisionPlugin create(Creation creation) {
      return plugin;
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void agreesWithLightningStepByStep(String name) {
    JsonNode run = Golden.run(name);
    PrecisionPlugin plugin = new Scaled(run.get("scaler"));
    ParityTest.Recorder recorder = new ParityTest.Recorder();
    Injector injector = new Injector(run);
    Arguments arguments =
        Golden.arguments(run)
            .with(DEFAULT_ROOT_DIR, folder.toString())
            .with(SCHEDULER_FOLLOWS_SKIPPED_STEPS, true)
            .with(PRECISION, "16");
    Map<String, Object> state;
    try (Trainer trainer =
        TestOffers.trainers(new Offered(plugin))
            .create(arguments, Surroundings.here(), List.of(injector, recorder))) {
      trainer.fit(new GoldenModule(run), Golden.data(run));
      state = plugin.stateDict();
      assertThat(trainer.globalStep()).isEqualTo(run.get("global_step").asLong());
    }
    assertThat(injector.skipped).isEqualTo(run.get("inf_injected_at_optimizer_step").size());
    assertThat(recorder.losses.stream().mapToDouble(Double::doubleValue).toArray())
        .containsExactly(Golden.flat(run.get("losses")), within(1e-6));
    run.get("final_weights")
        .fields()
        .forEachRemaining(
            entry ->
                assertThat(recorder.weights.get(entry.getKey()))
                    .containsExactly(Golden.flat(entry.getValue()), within(1e-6)));
    run.get("scaler_state_dict")
        .fields()
        .forEachRemaining(
            entry ->
                assertThat(((Number) state.get(entry.getKey())).doubleValue())
                    .as(entry.getKey())
                    .isEqualTo(entry.getValue().asDouble()));
  }

  /** Puts an infinity into the first gradient of some steps. */
  private static final class Injector implements Callback {
    private final Set<Integer> steps = new HashSet<>();
    private final int accumulate;
    int skipped;

    Injector(JsonNode run) {
      run.get("inf_injected_at_optimizer_step").forEach(step -> steps.add(step.asInt()));
      accumulate = run.get("accumulate_grad_batches").asInt();
    }

    @Override
    public void onAfterBackward(Trainer trainer, LevinModule module) {
      int batch = trainer.batchIndex() + 1;
      boolean steps = batch % accumulate == 0 || batch == trainer.trainBatches();
      if (steps && this.steps.contains((int) trainer.globalStep())) {
        try (NDArray gradient = Gradient.of(module.parameters().get(0).array())) {
          gradient
              .toByteBuffer(true)
              .order(ByteOrder.nativeOrder())
              .putFloat(0, Float.POSITIVE_INFINITY);
        }
      }
    }

    @Override
    public void onStepSkipped(
        Trainer trainer, LevinModule module, Optimizer optimizer, int optimizerIndex) {
      skipped++;
    }
  }
}
