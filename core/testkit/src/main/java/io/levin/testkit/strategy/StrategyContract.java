package io.levin.testkit.strategy;

import static io.levin.testkit.LevinAssertions.assertThat;
import static io.levin.testkit.LevinAssertions.assertThatCode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.levin.collective.ProcessGroup;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizers;
import io.levin.precision.OptimizerStep;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.StepResult;
import io.levin.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a {@link Strategy} keeps to in a run of one process, where all that it does together with
 * others comes to nothing.
 */
public abstract class StrategyContract {
  /** A new one for the processes of a group; the contract closes it. */
  protected abstract Strategy strategy(ProcessGroup group);

  /** Class name as in plans. */
  protected abstract String name();

  private Strategy alone() {
    return strategy(ProcessGroup.alone());
  }

  private static final class Module extends LevinModule {
    Module(NDManager manager) {
      super(Linear.builder().setUnits(3).build(), new Shape(1, 2));
      block().initialize(manager, DataType.FLOAT32, new Shape(1, 2));
    }

    List<float[]> weights() {
      List<float[]> weights = new ArrayList<>();
      block().getParameters().forEach(p -> weights.add(p.getValue().getArray().toFloatArray()));
      return weights;
    }

    @Override
    public Optimizers configureOptimizers() {
      throw new UnsupportedOperationException("The test needs none");
    }

    @Override
    public NDArray trainingStep(ai.djl.ndarray.NDList batch, int batchIndex) {
      throw new UnsupportedOperationException("The test trains nothing");
    }
  }

  @BeforeEach
  void theTestIsNamedForWhatItIs(TestInfo test) {
    assertThat(test.getTestClass().orElseThrow().getSimpleName()).endsWith("ContractTest");
  }

  @Test
  void saysWhichProcessItIs() {
    try (Strategy strategy = alone()) {
      assertThat(strategy.name()).isEqualTo(name());
      assertThat(strategy.device()).isNotNull();
      assertThat(strategy.group().size()).isEqualTo(1);
      assertThat(strategy.worldSize()).isEqualTo(1);
      assertThat(strategy.globalRank()).isZero();
      assertThat(strategy.isGlobalZero()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 1.5, 1e300, Double.NaN, Double.NEGATIVE_INFINITY})
  void theMeanOfOneIsItself(double value) {
    try (Strategy strategy = alone()) {
      assertThat(strategy.mean(value)).isEqualTo(Double.valueOf(value));
    }
  }

  @Test
  void itAgreesWithItself() {
    try (Strategy strategy = alone()) {
      assertThat(strategy.agree(true)).isTrue();
      assertThat(strategy.agree(false)).isFalse();
    }
  }

  @Test
  void itWaitsForNobody() {
    try (Strategy strategy = alone()) {
      strategy.barrier("here");
      strategy.barrier("");
    }
  }

  @Test
  void theLargestOfOneIsItself() {
    try (Strategy strategy = alone();
        NDManager manager = NDManager.newBaseManager()) {
      NDArray flag = manager.create(new float[] {1, 0, -3});
      strategy.max(flag);
      assertThat(flag.toFloatArray()).containsExactly(1, 0, -3);
    }
  }

  @Test
  void connectingChangesNoWeights() {
    try (Strategy strategy = alone();
        NDManager manager = NDManager.newBaseManager()) {
      Module module = new Module(manager);
      List<float[]> before = module.weights();
      strategy.connect(module, List.of());
      strategy.connect(module, List.of());
      assertThat(module.weights()).usingRecursiveComparison().isEqualTo(before);
    }
  }

  /** Before any backward there are no gradients to share; that is no failure. */
  @Test
  void withoutGradientsThereIsNothingToShare() {
    try (Strategy strategy = alone();
        NDManager manager = NDManager.newBaseManager()) {
      strategy.connect(new Module(manager), List.of());
      strategy.afterBackward(false);
      strategy.afterBackward(true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void stepsGoThroughThePrecisionPluginOnce(StepResult result) {
    List<OptimizerStep> seen = new ArrayList<>();
    PrecisionPlugin precision =
        new PrecisionPlugin() {
          @Override
          public StepResult optimizerStep(OptimizerStep step) {
            seen.add(step);
            return result;
          }
        };
    try (Strategy strategy = alone()) {
      assertThat(strategy.optimizerStep(precision, null)).isEqualTo(result);
      assertThat(seen).hasSize(1);
    }
  }

  @Test
  void closingTwiceIsClosing() throws Exception {
    Strategy strategy = alone();
    strategy.close();
    assertThatCode(strategy::close).doesNotThrowAnyException();
    strategy(ProcessGroup.alone()).close();
  }
}
