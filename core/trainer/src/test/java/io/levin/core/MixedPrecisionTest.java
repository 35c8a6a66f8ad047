package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.levin.MisconfigurationException;
import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.callback.Callback;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.SGD;
import io.levin.plan.Surroundings;
import io.levin.precision.ClipAlgorithm;
import io.levin.torch.Gradient;
import io.levin.torch.Losses;
import io.levin.trainer.Trainer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mixed precision through the real Trainer: what a module sees of it. */
class MixedPrecisionTest {
  private static final String FP16 = "NativeMixedPrecisionPlugin:precision=16";

  @TempDir Path folder;

  /** A classifier that looks at its outputs in all the ways that a user might. */
  private static class Classifier extends LevinModule {
    final List<DataType> outputs = new ArrayList<>();

    Classifier() {
      super(
          new SequentialBlock()
              .add(Linear.builder().setUnits(16).build())
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
      return Losses.crossEntropy(logits, batch.get(1));
    }

    @Override
    public void validationStep(NDList batch, int batchIndex) {
      NDArray logits = forward(batch.get(0));
      // A product of the user's own is 16-bit, and nothing of it may end the process.
      NDArray product = logits.matMul(logits.transpose());
      log("read", product.toFloatArray()[0]);
      log("low", product.mean());
      log("soft", product.softmax(1).mean());
      log("right", logits.argMax(1).eq(batch.get(1)).toType(DataType.FLOAT32, false).mean());
    }
  }

  private Arguments arguments() {
    return Arguments.none()
        .with(MAX_EPOCHS, 2)
        .with(DEFAULT_ROOT_DIR, folder.toString())
        .with(ENABLE_PROGRESS_BAR, false)
        .with(ENABLE_CHECKPOINTING, false)
        .with(LOGGERS, List.of())
        .with(SEED, 4L)
        .with(THREADS, 1);
  }

  private Arguments plugin(String reference) {
    return arguments().with(PLUGINS, List.of(PluginReference.parse(reference)));
  }

  private double lastLoss(Arguments arguments, LevinModule module, Callback... more) {
    double[] last = new double[1];
    List<Callback> callbacks = new ArrayList<>(List.of(more));
    callbacks.add(
        new Callback() {
          @Override
          public void onTrainBatchEnd(
              Trainer trainer, LevinModule trained, NDArray loss, NDList batch, int batchIndex) {
            last[0] = loss == null ? 0 : Scalars.read(loss);
          }
        });
    try (Trainer trainer =
        TestOffers.trainers().create(arguments, Surroundings.here(), callbacks)) {
      trainer.fit(module, ResumeTest.data());
    }
    return last[0];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {FP16, FP16 + ";init_scale=128", "NativeMixedPrecisionPlugin:precision=bf16"})
  void trainsNearlyAsIn32AndGivesOutputsIn32(String reference) {
    double expected = lastLoss(arguments().with(PRECISION, "32"), new Classifier());
    Classifier module = new Classifier();
    double actual = lastLoss(plugin(reference), module);
    assertThat(actual).isNotEqualTo(expected).isCloseTo(expected, within(0.02));
    assertThat(module.outputs).isNotEmpty().containsOnly(DataType.FLOAT32);
  }

  private static org.assertj.core.data.Offset<Double> within(double tolerance) {
    return org.assertj.core.data.Offset.offset(tolerance);
  }

  @Test
  void bf16DoesNotUseAScaler() {
    assertThatThrownBy(
            () -> lastLoss(plugin("NativeMixedPrecisionPlugin:init_scale=8"), new Classifier()))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("bf16 does not use a scaler, but init_scale is given");
    assertThatThrownBy(() -> lastLoss(plugin(FP16 + ";growth_factor=1"), new Classifier()))
        .hasMessageContaining("growth_factor must be above 1, but is 1.0");
  }

  @Test
  void theScalerGoesOnWhereItWas() {
    Path kept = folder.resolve("kept.ckpt");
    List<Double> scales = new ArrayList<>();
    Callback keeper =
        new Callback() {
          @Override
          public void onTrainBatchEnd(
              Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
            scales.add(((DefaultTrainer) trainer).precision().metrics().get("scaler/scale"));
            if (scales.size() == 5) {
              trainer.saveCheckpoint(kept, false);
            }
          }
        };
    double straight =
        lastLoss(plugin(FP16 + ";init_scale=16;growth_interval=3"), new Classifier(), keeper);
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(kept)) {
      assertThat(((Map<?, ?>) checkpoint.root()).get("NativeMixedPrecisionPlugin"))
          .isEqualTo(
              Map.of(
                  "scale", 32.0,
                  "growth_factor", 2.0,
                  "backoff_factor", 0.5,
                  "growth_interval", 3L,
                  "_growth_tracker", 2L));
    }
    List<Double> whole = List.copyOf(scales.subList(5, scales.size()));
    scales.clear();
    scales.addAll(List.of(0.0, 0.0, 0.0, 0.0, 0.0));
    double resumed =
        lastLoss(plugin(FP16).with(CKPT_PATH, kept.toString()), new Classifier(), keeper);
    assertThat(resumed).isEqualTo(straight);
    assertThat(scales.subList(5, scales.size())).isEqualTo(whole).contains(64.0);
  }

  /** Two optimizers with one scaler, by hand; the second sees an infinity in its first step. */
  private static final class ByHand extends Classifier {
    final List<Double> norms = new ArrayList<>();
    private boolean spoiled;

    @Override
    public boolean automaticOptimization() {
      return false;
    }

    @Override
    public Optimizers configureOptimizers() {
      return Optimizers.of(
          new SGD(parameters().subList(0, 2), 0.1), new SGD(parameters().subList(2, 4), 0.1));
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      NDArray loss = super.trainingStep(batch, batchIndex);
      optimizers().forEach(Optimizer::zeroGrad);
      manualBackward(loss);
      if (!spoiled) {
        spoiled = true;
        try (NDArray gradient = Gradient.of(parameters().get(2).array())) {
          gradient.toByteBuffer(true).order(ByteOrder.nativeOrder()).putFloat(0, Float.NaN);
        }
      }
      for (Optimizer optimizer : optimizers()) {
        clipGradients(optimizer, 1e-3, ClipAlgorithm.NORM);
        optimizer.step();
      }
      return loss;
    }
  }

  @Test
  void optimizersByHandShareTheScalerAndDecideForThemselves() {
    ByHand module = new ByHand();
    List<Integer> skipped = new ArrayList<>();
    List<Double> scales = new ArrayList<>();
    lastLoss(
        plugin(FP16 + ";init_scale=1024"),
        module,
        new Callback() {
          @Override
          public void onStepSkipped(
              Trainer trainer, LevinModule trained, Optimizer optimizer, int index) {
            skipped.add(index);
          }

          @Override
          public void onBeforeOptimizerStep(
              Trainer trainer, LevinModule trained, Optimizer optimizer, int index) {
            scales.add(((DefaultTrainer) trainer).precision().metrics().get("scaler/scale"));
            try (NDArray gradient = Gradient.of(optimizer.groups().get(0).arrays().get(0))) {
              module.norms.add((double) gradient.norm().getFloat());
            }
          }
        });
    assertThat(skipped).containsExactly(1);
    // One scale for both of a batch, halved for the next.
    assertThat(scales.subList(0, 4)).containsExactly(1024.0, 1024.0, 512.0, 512.0);
    assertThat(module.norms).filteredOn(Double::isFinite).allMatch(norm -> norm <= 1.01e-3);
    assertThat(module.norms).filteredOn(norm -> !Double.isFinite(norm)).hasSize(1);
  }
}
