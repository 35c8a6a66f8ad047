package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import io.levin.data.loading.ArrayDataset;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizers;
import io.levin.optim.SchedulerConfig;
import io.levin.optim.torch.Adam;
import io.levin.plan.Surroundings;
import io.levin.schedule.StepLR;
import io.levin.torch.Losses;
import io.levin.trainer.FitResult;
import io.levin.trainer.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that Lightning 1.9.5 trained for five epochs goes on here, and can go back. */
class ContinueFromPythonTest {
  private static final Path FILE =
      Path.of("src/test/resources/python/lightning-1.9.5-adam-steplr.ckpt");
  private static final Path FORWARD =
      Path.of("src/test/resources/python/lightning-1.9.5-forward.json");
  private static final String NAMES =
      "class_weight=,net.0=01Linear,net.1=02BatchNorm,net.3=04Linear";

  @TempDir Path folder;

  /** The model that Python calls net. */
  private static final class Net extends LevinModule {
    final List<float[]> outputs = new ArrayList<>();
    final List<Double> rates = new ArrayList<>();
    final List<String> steps = new ArrayList<>();

    Net() {
      super(
          new SequentialBlock()
              .add(Linear.builder().setUnits(16).build())
              .add(BatchNorm.builder().optEpsilon(1e-5f).build())
              .add(Activation::relu)
              .add(Linear.builder().setUnits(3).build()),
          new Shape(1, 8));
    }

    @Override
    public Optimizers configureOptimizers() {
      Adam adam =
          new Adam(parameters().subList(0, 2), 0.01).group(parameters().subList(2, 6), 0.005);
      return Optimizers.of(adam).with(SchedulerConfig.everyEpoch(new StepLR(adam, 2, 0.5)));
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      steps.add(trainer().currentEpoch() + "/" + trainer().globalStep());
      rates.add(optimizers().get(0).groups().get(0).lr());
      return Losses.crossEntropy(forward(batch.get(0)), batch.get(1));
    }

    @Override
    public void validationStep(NDList batch, int batchIndex) {
      outputs.add(forward(batch.get(0)).toFloatArray());
    }
  }

  private static JsonNode forward() throws Exception {
    return new ObjectMapper().readTree(FORWARD.toFile());
  }

  private static DataModule data() throws Exception {
    JsonNode input = forward().get("eval_input");
    float[][] rows = new float[input.size()][8];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < 8; k++) {
        rows[i][k] = (float) input.get(i).get(k).asDouble();
      }
    }
    ArrayDataset dataset = ArrayDataset.classes(rows, new long[] {0, 1, 2, 0});
    return new DataModule() {
      @Override
      public Loader train() {
        return Loader.of(dataset, 2);
      }

      @Override
      public List<Loader> validation() {
        return List.of(Loader.of(dataset, 4));
      }
    };
  }

  private Arguments arguments(String line) {
    return CommandLine.over(
        Arguments.none()
            .with(DEFAULT_ROOT_DIR, folder.toString())
            .with(ENABLE_PROGRESS_BAR, false)
            .with(ENABLE_CHECKPOINTING, false)
            .with(LOGGERS, List.of())
            .with(THREADS, 1)
            .with(CKPT_PATH, FILE.toString()),
        line);
  }

  private Trainer trainer(String line, Callback... callbacks) {
    return TestOffers.trainers().create(arguments(line), Surroundings.here(), List.of(callbacks));
  }

  @Test
  void itsOutputsAreThoseOfPython() throws Exception {
    Net net = new Net();
    try (Trainer trainer = trainer("--state-dict-names " + NAMES)) {
      trainer.validate(net, data());
    }
    JsonNode expected = forward().get("eval_output");
    for (int i = 0; i < 12; i++) {
      assertThat((double) net.outputs.get(0)[i])
          .isCloseTo(expected.get(i / 3).get(i % 3).asDouble(), within(1e-6));
    }
  }

  @Test
  void itsTrainingGoesOnWhereItStoodAndItsNamesGoBack() throws Exception {
    Net net = new Net();
    Path back = folder.resolve("back.ckpt");
    Callback keeper =
        new Callback() {
          @Override
          public void onTrainEnd(Trainer trainer, LevinModule module) {
            trainer.saveCheckpoint(back, false);
          }
        };
    try (Trainer trainer = trainer("--max-epochs 7 --state-dict-names " + NAMES, keeper)) {
      FitResult result = trainer.fit(net, data());
      assertThat(result.epochs()).isEqualTo(7);
    }
    assertThat(net.steps).containsExactly("5/40", "5/41", "6/42", "6/43");
    assertThat(net.rates).containsExactly(0.0025, 0.0025, 0.00125, 0.00125);
    Map<String, String> before = digests(FILE);
    Map<String, String> after = digests(back);
    assertThat(names(after)).isEqualTo(names(before));
    assertThat(after.get("state_dict/class_weight"))
        .isEqualTo(before.get("state_dict/class_weight"));
    assertThat(after.get("state_dict/net.0.weight"))
        .isNotEqualTo(before.get("state_dict/net.0.weight"));
  }

  private static Set<String> names(Map<String, String> digests) {
    digests.keySet().removeIf(name -> !name.startsWith("state_dict/"));
    return digests.keySet();
  }

  private static Map<String, String> digests(Path file) {
    Map<String, String> digests = new LinkedHashMap<>();
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(file)) {
      for (Map.Entry<String, Tensor> entry : TensorPaths.of(checkpoint.root()).entrySet()) {
        digests.put(entry.getKey(), Digest.sha256(entry.getValue()));
      }
    }
    return digests;
  }

  @Test
  void withoutNamesTheErrorSaysWhichWouldDo() {
    assertThatThrownBy(() -> trainer("--max-epochs 7").fit(new Net(), data()))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("Missing key(s): 01Linear.weight")
        .hasMessageContaining("Unexpected key(s): class_weight, net.0.weight")
        .satisfies(
            failure ->
                assertThat(((LevinException) failure).hint())
                    .isEqualTo(
                        "By order and shape they would, with --state-dict-names " + NAMES + "."));
  }

  @Test
  void aWrongRuleSaysWhatIsMissingByBothNames() {
    assertThatThrownBy(
            () ->
                trainer(
                        "--max-epochs 7 --state-dict-names class_weight=,net.0=01Linear,net.3=04Linear")
                    .fit(new Net(), data()))
        .hasMessageContaining("Missing key(s): 02BatchNorm.gamma")
        .hasMessageContaining("Unexpected key(s): net.1.weight");
    assertThatThrownBy(() -> arguments("--state-dict-names net.0"))
        .hasMessageContaining("expected THERE=HERE, not 'net.0'");
  }
}
