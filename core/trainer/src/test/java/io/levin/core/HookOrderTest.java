package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.SGD;
import io.levin.plan.Surroundings;
import io.levin.trainer.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of everything in a step, as Lightning's own hook tests have it; and broken steps. */
class HookOrderTest {
  @TempDir Path folder;

  private final List<String> calls = new ArrayList<>();

  private final class Model extends LevinModule {
    private final UnaryOperator<NDArray> loss;

    Model(UnaryOperator<NDArray> loss) {
      super(Linear.builder().setUnits(1).build(), new Shape(1, 5));
      this.loss = loss;
    }

    @Override
    public Optimizers configureOptimizers() {
      calls.add("configureOptimizers");
      return Optimizers.of(new SGD(parameters(), 0.1));
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      calls.add("trainingStep");
      return loss.apply(forward(batch.get(0)).square().mean());
    }

    @Override
    public void optimizerZeroGrad(Optimizer optimizer, int index) {
      calls.add("optimizerZeroGrad");
      super.optimizerZeroGrad(optimizer, index);
    }

    @Override
    public void onTrainBatchStart(NDList batch, int batchIndex) {
      calls.add("module.onTrainBatchStart");
    }
  }

  private final class Listener implements Callback {
    @Override
    public void onFitStart(Trainer trainer, LevinModule module) {
      calls.add("onFitStart");
    }

    @Override
    public void onTrainStart(Trainer trainer, LevinModule module) {
      calls.add("onTrainStart");
    }

    @Override
    public void onTrainEpochStart(Trainer trainer, LevinModule module) {
      calls.add("onTrainEpochStart");
    }

    @Override
    public void onTrainBatchStart(Trainer trainer, LevinModule module, NDList batch, int index) {
      calls.add("onTrainBatchStart " + index);
    }

    @Override
    public void onBeforeZeroGrad(Trainer trainer, LevinModule module, Optimizer optimizer) {
      calls.add("onBeforeZeroGrad");
    }

    @Override
    public void onBeforeBackward(Trainer trainer, LevinModule module, NDArray loss) {
      calls.add("onBeforeBackward");
    }

    @Override
    public void onAfterBackward(Trainer trainer, LevinModule module) {
      calls.add("onAfterBackward");
    }

    @Override
    public void onBeforeOptimizerStep(
        Trainer trainer, LevinModule module, Optimizer optimizer, int index) {
      calls.add("onBeforeOptimizerStep");
    }

    @Override
    public void onTrainBatchEnd(
        Trainer trainer, LevinModule module, NDArray loss, NDList batch, int index) {
      calls.add("onTrainBatchEnd, step " + trainer.globalStep());
    }

    @Override
    public void onTrainEpochEnd(Trainer trainer, LevinModule module) {
      calls.add("onTrainEpochEnd");
    }

    @Override
    public void onException(Trainer trainer, LevinModule module, Throwable failure) {
      calls.add("onException");
    }
  }

  private void fit(Arguments more, UnaryOperator<NDArray> loss) {
    Arguments arguments =
        Arguments.none()
            .with(MAX_EPOCHS, 1)
            .with(DEFAULT_ROOT_DIR, folder.toString())
            .with(ENABLE_PROGRESS_BAR, false)
            .with(ENABLE_CHECKPOINTING, false)
            .with(LIMIT_VAL_BATCHES, io.levin.arguments.Limit.count(0))
            .with(LOGGERS, List.of())
            .over(more);
    try (Trainer trainer =
        TestOffers.trainers().create(arguments, Surroundings.here(), List.of(new Listener()))) {
      trainer.fit(new Model(loss), ResumeTest.data());
    }
  }

  @Test
  void aStepHasLightningsOrder() {
    fit(
        Arguments.none()
            .with(LIMIT_TRAIN_BATCHES, io.levin.arguments.Limit.count(3))
            .with(ACCUMULATE_GRAD_BATCHES, 2),
        loss -> loss);
    assertThat(calls)
        .containsExactly(
            "configureOptimizers",
            "onFitStart",
            "onTrainStart",
            "onTrainEpochStart",
            "onTrainBatchStart 0",
            "module.onTrainBatchStart",
            "trainingStep",
            "onBeforeZeroGrad",
            "optimizerZeroGrad",
            "onBeforeBackward",
            "onAfterBackward",
            "onTrainBatchEnd, step 0",
            "onTrainBatchStart 1",
            "module.onTrainBatchStart",
            "trainingStep",
            "onBeforeBackward",
            "onAfterBackward",
            "onBeforeOptimizerStep",
            "onTrainBatchEnd, step 1",
            // The last batch of an epoch steps, though its window is not full.
            "onTrainBatchStart 2",
            "module.onTrainBatchStart",
            "trainingStep",
            "onBeforeZeroGrad",
            "optimizerZeroGrad",
            "onBeforeBackward",
            "onAfterBackward",
            "onBeforeOptimizerStep",
            "onTrainBatchEnd, step 2",
            "onTrainEpochEnd");
  }

  @Test
  void stepsWithoutAnyLossAreAnError() {
    assertThatThrownBy(() -> fit(Arguments.none(), loss -> null))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("returned no loss");
    assertThat(calls).contains("optimizerZeroGrad", "onException");
  }

  @Test
  void aLossThatIsNotFiniteIsAnErrorThatSaysWhere() {
    assertThatThrownBy(() -> fit(Arguments.none(), loss -> loss.log().mul(0).log()))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("epoch 0, batch 0");
  }

  @Test
  void aLossOfSeveralNumbersIsAnError() {
    assertThatThrownBy(() -> fit(Arguments.none(), loss -> loss.expandDims(0).repeat(2)))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("a loss is one number");
  }

  @Test
  void anAnomalyIsNamed() {
    assertThatThrownBy(
            () ->
                fit(
                    Arguments.none().with(DETECT_ANOMALY, true),
                    loss -> loss.mul(0).sqrt().mul(0).add(loss)))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("SqrtBackward0");
    // The switch is the process's: the next Trainer puts it back.
    fit(Arguments.none(), loss -> loss);
  }
}
