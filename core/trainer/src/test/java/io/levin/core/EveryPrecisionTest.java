package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import io.levin.LevinException;
import io.levin.MisconfigurationException;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.SGD;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import io.levin.plan.Surroundings;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.amp.NativeMixedPrecisionPlugin;
import io.levin.precision.amp.ScalerOptions;
import io.levin.torch.LazyDevice;
import io.levin.torch.Losses;
import io.levin.torch.Lowering;
import io.levin.trainer.Trainer;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every precision plugin through the real Trainer, asked for as a user would. */
class EveryPrecisionTest {
  @TempDir Path folder;

  /** A classifier with batch statistics. */
  private static class Classifier extends LevinModule {
    final Set<DataType> outputs = new LinkedHashSet<>();
    final List<Double> losses = new ArrayList<>();

    Classifier() {
      super(
          new SequentialBlock()
              .add(Linear.builder().setUnits(16).build())
              .add(BatchNorm.builder().build())
              .add(Activation::relu)
              .add(Linear.builder().setUnits(3).build()),
          new Shape(1, 5));
    }

    @Override
    public Optimizers configureOptimizers() {
      return Optimizers.of(new SGD(parameters(), 0.1));
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      NDArray logits = forward(batch.get(0));
      outputs.add(logits.getDataType());
      NDArray loss = Losses.crossEntropy(logits, batch.get(1));
      losses.add(Scalars.read(loss));
      return loss;
    }

    @Override
    public void validationStep(NDList batch, int batchIndex) {
      log("val_loss", Losses.crossEntropy(forward(batch.get(0)), batch.get(1)));
    }
  }

  private static final class Lossless extends Classifier {
    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      NDArray loss = super.trainingStep(batch, batchIndex);
      return batchIndex % 2 == 0 ? loss : null;
    }
  }

  private Arguments arguments(String line) {
    return CommandLine.over(
        Arguments.none()
            .with(MAX_EPOCHS, 3)
            .with(DEFAULT_ROOT_DIR, folder.toString())
            .with(ENABLE_PROGRESS_BAR, false)
            .with(ENABLE_CHECKPOINTING, false)
            .with(LOGGERS, List.of())
            .with(SEED, 4L)
            .with(THREADS, 1),
        line);
  }

  /** Trains, and gives the device's own counts at the end. */
  private Map<String, Double> fit(String line, LevinModule module) {
    return fit(TestOffers.everything(), line, module);
  }

  private Map<String, Double> fit(StandardTrainers trainers, String line, LevinModule module) {
    List<Map<String, Double>> counts = new ArrayList<>();
    Callback last =
        new Callback() {
          @Override
          public void onTrainEnd(Trainer trainer, LevinModule trained) {
            counts.add(((DefaultTrainer) trainer).parts().deviceStatistics());
          }
        };
    try (Trainer trainer = trainers.create(arguments(line), Surroundings.here(), List.of(last))) {
      trainer.fit(module, ResumeTest.data());
    }
    return counts.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "--plugins NativeMixedPrecisionPlugin:precision=16, 0.02",
    "--precision bf16, 0.05",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O0, 0",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O1, 0.02",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O1;loss_scale=128, 0.02",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O2, 0.02",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O3, 0.05",
    "--strategy ddp_sharded --precision bf16, 0.05",
    "--strategy fsdp --precision bf16, 0.05",
    "--strategy deepspeed, 0",
    "--strategy deepspeed --precision 16, 0.02",
    "--strategy deepspeed --precision bf16, 0.05",
    "--accelerator tpu --emulate, 0.00001",
    "--accelerator lazy --precision bf16, 0.05",
    "--accelerator tpu --emulate --precision bf16, 0.05",
    "--accelerator hpu --emulate, 0",
    "--accelerator hpu --emulate --precision bf16, 0.05",
    "--accelerator hpu --emulate --plugins HPUPrecisionPlugin:precision=16;opt_level=O1, 0.05",
    "--accelerator ipu --emulate, 0",
    "--accelerator ipu --emulate --precision 16, 0.02",
    "--precision 16-true, 0.05",
    "--precision bf16-true, 0.1",
  })
  void trainsNearlyAsIn32AndGivesOutputsIn32(String line, double tolerance) {
    Classifier reference = new Classifier();
    fit("--precision 32", reference);
    Classifier module = new Classifier();
    fit(line, module);
    double expected = reference.losses.get(reference.losses.size() - 1);
    double actual = module.losses.get(module.losses.size() - 1);
    if (tolerance == 0) {
      assertThat(module.losses).isEqualTo(reference.losses);
    } else {
      assertThat(actual).isCloseTo(expected, offset(tolerance));
    }
    if (tolerance > 1e-3) {
      assertThat(actual).isNotEqualTo(expected);
    }
    assertThat(module.outputs).containsExactly(DataType.FLOAT32);
    assertThat(mean(module.losses.subList(14, 21)))
        .as("it learns")
        .isLessThan(mean(module.losses.subList(0, 7)) - 0.02);
  }

  private static double mean(List<Double> losses) {
    return losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** The plugin of a platform whose libtorch has no autocast to reach. */
  private record Casting() implements Offer<PrecisionPlugin> {
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
      return Set.of("bf16");
    }

    @Override
    public Answer answer(Request request) {
      return Answer.fits(100, "the test is about it").with(Settings.PRECISION, "bf16");
    }

    @Override
    public PrecisionPlugin create(Creation creation) {
      return new NativeMixedPrecisionPlugin("bf16", ScalerOptions.DEFAULT, Lowering.OP_LISTS);
    }
  }

  @Test
  void withoutAutocastOperationListsGiveTheSameBits() {
    Classifier reference = new Classifier();
    fit("--precision bf16", reference);
    Classifier module = new Classifier();
    fit(TestOffers.trainers(new Casting()), "--precision bf16", module);
    assertThat(module.losses).isEqualTo(reference.losses);
  }

  @Test
  void everyDeviceStepsByItsOwnRules() {
    assertThat(fit("--accelerator tpu --emulate --accumulate-grad-batches 3", new Classifier()))
        .containsEntry(
            "emulated/marked_steps", LazyDevice.foreseen().isEmpty() ? 9.0 + 2 + 3 * 4 : 9.0)
        .containsEntry("emulated/gradient_reductions", 9.0)
        .containsEntry("emulated/compiled_steps", 0.0);
    assertThat(fit("--accelerator ipu --emulate", new Classifier()))
        .containsEntry("emulated/marked_steps", 0.0)
        .containsEntry("emulated/compiled_steps", 21.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--accelerator tpu --emulate",
        "--accelerator ipu --emulate",
        "--strategy deepspeed",
      })
  void aBatchWithoutLossIsRefusedWhereAllMustStep(String line) {
    assertThatThrownBy(() -> fit(line, new Lossless()))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("trainingStep gave no loss");
  }

  @Test
  void aBatchWithoutLossIsLeftOutElsewhere() {
    Lossless module = new Lossless();
    fit("--precision bf16", module);
    assertThat(module.losses).hasSize(21);
  }

  @Test
  void gradientsCannotBeClippedInACompiledStep() {
    assertThatThrownBy(
            () -> fit("--accelerator ipu --emulate --gradient-clip-val 0.5", new Classifier()))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("clip");
  }

  /** With an optimizer such as LBFGS, which evaluates its closure as often as it likes. */
  private static final class Searching extends Classifier {
    @Override
    public Optimizers configureOptimizers() {
      Optimizer steps = super.configureOptimizers().optimizers().get(0);
      return Optimizers.of(
          (Optimizer)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {Optimizer.class},
                  (proxy, method, values) ->
                      method.getName().equals("reevaluatesClosure")
                          ? (Object) true
                          : method.invoke(steps, values)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--plugins NativeMixedPrecisionPlugin:precision=16",
        "--plugins ApexMixedPrecisionPlugin:amp_level=O2",
        "--strategy deepspeed",
        "--accelerator ipu --emulate",
      })
  void anOptimizerThatReevaluatesItsClosureIsRefusedWhereItCannotBeFollowed(String line) {
    assertThatThrownBy(() -> fit(line, new Searching()))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("evaluates its closure several times per step");
  }

  @Test
  void aDeepSpeedFileSaysThePrecisionAndTheClipping() throws Exception {
    Path config = folder.resolve("ds.json");
    Files.writeString(
        config, "{\"fp16\":{\"enabled\":true,\"loss_scale\":64},\"gradient_clipping\":1e-9}");
    String line = "--strategy deepspeed --plugins DeepSpeedPrecisionPlugin:config=" + config;
    Classifier module = new Classifier();
    fit(line + " --overfit-batches 1", module);
    assertThat(module.losses)
        .as("clipped to nothing")
        .hasSize(3)
        .allSatisfy(loss -> assertThat(loss).isCloseTo(module.losses.get(0), offset(1e-4)));
    assertThatThrownBy(() -> fit(line + " --precision bf16", module))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("enables fp16, and precision is bf16");
    Files.writeString(config, "{\"fp16\":{\"enabled\":true},\"bf16\":{\"enabled\":true}}");
    assertThatThrownBy(() -> fit(line, module))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("enables fp16 and bf16");
  }

  @Test
  void anAbsentDeviceIsNotPretended() {
    for (String device : List.of("tpu", "hpu", "ipu")) {
      assertThatThrownBy(() -> fit("--accelerator " + device, new Classifier()))
          .isInstanceOf(LevinException.class)
          .hasMessageContaining(device.toUpperCase(java.util.Locale.ROOT));
    }
  }

  @Test
  void operationListsOfAnHpuComeFromFiles() throws Exception {
    Path lists = Files.writeString(folder.resolve("bf16.txt"), "matmul # products\n\nlinear\n");
    String line = "--accelerator hpu --emulate --plugins HPUPrecisionPlugin:precision=bf16;";
    Classifier module = new Classifier();
    fit(line + "bf16_file_path=" + lists, module);
    assertThat(module.losses).allMatch(Double::isFinite);

    assertThatThrownBy(() -> fit(line + "bf16_file_path=" + folder.resolve("none.txt"), module))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("none.txt' does not exist");
    Files.writeString(lists, "linear\nlinaer\n");
    assertThatThrownBy(() -> fit(line + "bf16_file_path=" + lists, module))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("no operation 'linaer'");
    assertThatThrownBy(() -> fit(line + "opt_level=O5", module))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("no opt_level 'O5'");
  }
}
