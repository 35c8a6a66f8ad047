package io.levin.testkit.precision;

import static io.levin.testkit.LevinAssertions.assertThat;
import static io.levin.testkit.LevinAssertions.assertThatCode;
import static io.levin.testkit.LevinAssertions.assertThatRefused;
import static io.levin.testkit.LevinAssertions.catchThrowable;
import static io.levin.testkit.LevinAssertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.levin.LevinException;
import io.levin.precision.ClipAlgorithm;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.Scope;
import io.levin.precision.StepResult;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a {@link PrecisionPlugin} keeps to, tried by training a small network with it. */
public abstract class PrecisionPluginContract {
  private static final int STEPS = 60;

  /** A new one; the contract tears it down. */
  protected abstract PrecisionPlugin precisionPlugin();

  /** How far losses and gradients may be from those of full precision, as a share of them. */
  protected double tolerance() {
    return 0.05;
  }

  /** Steps that a scale may take to come down to where nothing overflows. */
  protected int warmUp() {
    return 20;
  }

  /** Ways of clipping that it refuses. */
  protected Set<ClipAlgorithm> cannotClip() {
    return EnumSet.noneOf(ClipAlgorithm.class);
  }

  /** Whether it leaves clipping to its own configuration, whatever the Trainer is asked for. */
  protected boolean clipsByItself() {
    return false;
  }

  private Training training() {
    Training training = new Training(precisionPlugin());
    settle(training);
    return training;
  }

  /** Until a step is made: a scale that starts high skips some. */
  private void settle(Training training) {
    float[] before = training.weights();
    int skipped = 0;
    while (training.step() == StepResult.SKIPPED) {
      assertThat(training.weights()).as("a skipped step changes nothing").isEqualTo(before);
      assertThat(++skipped).as("steps that were skipped").isLessThanOrEqualTo(warmUp());
    }
  }

  private static Training full() {
    Training training = new Training(new PrecisionPlugin());
    training.step();
    return training;
  }

  @BeforeEach
  void theTestIsNamedForWhatItIs(TestInfo test) {
    assertThat(test.getTestClass().orElseThrow().getSimpleName()).endsWith("ContractTest");
  }

  @Test
  void saysItsPrecision() {
    PrecisionPlugin plugin = precisionPlugin();
    assertThat(plugin.precision()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(plugin.parameterType())
        .isIn(DataType.FLOAT32, DataType.FLOAT64, DataType.FLOAT16, DataType.BFLOAT16);
    assertThat(precisionPlugin().precision()).isEqualTo(plugin.precision());
    plugin.teardown();
  }

  @Test
  void trainsNearFullPrecision() {
    try (Training training = training();
        Training full = full()) {
      assertThat(training.loss).isCloseTo(full.loss, within(tolerance() * full.loss));
      double first = full.loss;
      training.train(STEPS);
      full.train(STEPS);
      assertThat(full.loss).isLessThan(first / 2);
      assertThat(training.loss).isCloseTo(full.loss, within(tolerance() * first));
    }
  }

  @Test
  void trainsTheSameTwice() {
    try (Training one = training();
        Training two = training()) {
      assertThat(one.train(5)).isEqualTo(two.train(5));
      assertThat(one.weights()).isEqualTo(two.weights());
    }
  }

  @Test
  void parametersKeepTheirType() {
    try (Training training = training()) {
      training.train(3);
      assertThat(training.keepsTypes()).isTrue();
    }
  }

  @Test
  void lossesAndMetricsAreComputedInWideNumbers() {
    try (Training training = training()) {
      assertThat(training.outputs).isIn(DataType.FLOAT32, DataType.FLOAT64);
    }
  }

  @Test
  void integersAndNamesPassUnchanged() {
    try (NDManager manager = NDManager.newBaseManager();
        Training training = training()) {
      NDArray labels = manager.create(new long[] {0, 1L << 40});
      NDArray rows = manager.ones(new Shape(2, 3));
      labels.setName("labels");
      rows.setName("rows");
      NDList converted = training.plugin.convertInput(new NDList(rows, labels));
      assertThat(converted.stream().map(NDArray::getName)).containsExactly("rows", "labels");
      assertThat(converted.get(1).toLongArray()).containsExactly(0, 1L << 40);
      assertThat(converted.get(0).getShape()).isEqualTo(new Shape(2, 3));
      assertThat(training.plugin.convertInput(new NDList())).isEmpty();
    }
  }

  @Test
  void outsideOfAStepNothingIsSwitchedOn() {
    try (NDManager manager = NDManager.newBaseManager();
        Training training = training()) {
      assertThatCode(
              () -> {
                try (Scope scope = training.plugin.forwardContext()) {
                  throw new IllegalStateException("a step fails");
                }
              })
          .hasMessage("a step fails");
      NDArray third = manager.create(1f / 3).reshape(1, 1);
      NDArray product = third.matMul(third);
      assertThat(product.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(product.getFloat()).isEqualTo((1f / 3) * (1f / 3));
    }
  }

  @Test
  void everythingHasItsOrder() {
    try (Training training = training()) {
      assertThat(training.step()).isEqualTo(StepResult.STEPPED);
      assertThat(training.events)
          .filteredOn(event -> !event.equals("agree"))
          .containsExactly("zero", "before", "propagate", "after", "hooks");
    }
  }

  @Test
  void withNothingPropagatedNothingIsDone() {
    try (Training training = training()) {
      float[] before = training.weights();
      Map<String, Object> state = training.plugin.stateDict();
      training.isEmpty = true;
      try {
        assertThat(training.step()).isEqualTo(StepResult.NOTHING_TO_DO);
      } catch (LevinException refused) {
        assertThat(refused.hint()).isNotBlank();
      }
      assertThat(training.weights()).isEqualTo(before);
      assertThat(training.plugin.stateDict()).isEqualTo(state);
      training.isEmpty = false;
      assertThat(training.step()).isEqualTo(StepResult.STEPPED);
      assertThat(training.weights()).isNotEqualTo(before);
    }
  }

  @Test
  void hooksSeeTrueGradients() {
    try (Training training = training();
        Training full = full()) {
      assertThat(training.normAtHook)
          .isCloseTo(full.normAtHook, within(2 * tolerance() * full.normAtHook));
    }
  }

  @ParameterizedTest
  @EnumSource
  void clipsTrueGradientsOrRefuses(ClipAlgorithm algorithm) {
    double limit = 0.01;
    try (Training training = new Training(precisionPlugin(), 1).clipping(limit, algorithm)) {
      if (cannotClip().contains(algorithm)) {
        assertThatRefused(() -> settle(training)).isToldToTheUser();
        return;
      }
      float[] before = training.weights();
      settle(training);
      float[] after = training.weights();
      if (clipsByItself()) {
        try (Training unclipped = new Training(precisionPlugin(), 1)) {
          settle(unclipped);
          assertThat(after).isEqualTo(unclipped.weights());
        }
        return;
      }
      double change =
          algorithm == ClipAlgorithm.NORM
              ? Training.norm(before, after)
              : Training.distance(before, after);
      // Parameters of 16 bits round what they take up.
      double rounding = training.plugin.parameterType().getNumOfBytes() < 4 ? 0.02 : 1e-4;
      assertThat(change).isBetween(limit / 3, limit + rounding);
    }
  }

  @Test
  void aLimitThatIsNotPositiveDoesNothing() {
    try (Training clipped = new Training(precisionPlugin()).clipping(-1, ClipAlgorithm.NORM);
        Training training = training()) {
      settle(clipped);
      assertThat(clipped.weights()).isEqualTo(training.weights());
    }
  }

  @Test
  void gradientsThatAreNotFiniteAreLeftOutIfItSaysSo() {
    try (Training training = training()) {
      float[] before = training.weights();
      training.poison = Float.NaN;
      StepResult result = training.step();
      if (!training.plugin.skipsOverflow()) {
        assertThat(result).isEqualTo(StepResult.STEPPED);
        return;
      }
      assertThat(result).isEqualTo(StepResult.SKIPPED);
      assertThat(training.weights()).isEqualTo(before);
      training.poison = Float.POSITIVE_INFINITY;
      assertThat(training.step()).isEqualTo(StepResult.SKIPPED);
      training.poison = null;
      settle(training);
      assertThat(training.weights()).isNotEqualTo(before);
    }
  }

  @Test
  void unscalingTwiceIsUnscalingOnce() {
    try (Training training = training()) {
      training.closure();
      training.plugin.unscaleGradients(training);
      double once = training.descent().norm(training.descent());
      training.plugin.unscaleGradients(training);
      assertThat(training.descent().norm(training.descent())).isEqualTo(once);
    }
  }

  @Test
  void itsStateComesBack() {
    try (Training training = training()) {
      training.train(5);
      if (training.plugin.skipsOverflow()) {
        training.poison = Float.NaN;
        training.step(); // so that the state is not that of a new one
      }
      Map<String, Object> state = Map.copyOf(training.plugin.stateDict());
      assertThat(state.values()).allMatch(PrecisionPluginContract::isPlain);
      PrecisionPlugin other = precisionPlugin();
      other.connect(training.module(), List.of(training.descent()));
      other.loadStateDict(state);
      assertThat(other.stateDict()).isEqualTo(state);
      other.teardown();
    }
  }

  private static boolean isPlain(Object value) {
    return value instanceof Number
        || value instanceof String
        || value instanceof Boolean
        || value instanceof NDArray
        || (value instanceof Collection<?> items && items.stream().allMatch(v -> isPlain(v)))
        || (value instanceof Map<?, ?> map && map.values().stream().allMatch(v -> isPlain(v)));
  }

  @Test
  void aStateOfSomethingElseIsRefusedOrIgnored() {
    PrecisionPlugin plugin = precisionPlugin();
    Map<String, Object> before = Map.copyOf(plugin.stateDict());
    Throwable failure =
        catchThrowable(() -> plugin.loadStateDict(Map.of("scale", "large", "other", 1L)));
    if (failure != null) {
      assertThatRefused(
              () -> {
                throw failure;
              })
          .isToldToTheUser();
    }
    assertThat(plugin.stateDict()).isEqualTo(before);
    plugin.teardown();
  }

  @Test
  void metricsAreNumbersWithNames() {
    try (Training training = training()) {
      assertThat(training.plugin.metrics().keySet()).allMatch(name -> name.matches("[a-z0-9_/-]+"));
      assertThat(training.plugin.metrics().values()).doesNotContainNull();
    }
  }

  /** A scaler cannot follow an optimizer that evaluates its closure several times. */
  @Test
  void anOptimizerItCannotFollowIsRefused() {
    try (Training training = training()) {
      PrecisionPlugin other = precisionPlugin();
      Descent strange = new Descent(List.of(training.converted.get(0)), 1).reevaluating();
      Throwable failure = catchThrowable(() -> other.connect(training.module(), List.of(strange)));
      if (other.skipsOverflow()) {
        assertThat(failure).isInstanceOf(LevinException.class);
      } else if (failure != null) {
        assertThat(failure).isInstanceOf(LevinException.class);
      }
      other.teardown();
    }
  }

  @Test
  void itIsTornDownWithoutHavingBeenUsed() {
    assertThatCode(() -> precisionPlugin().teardown()).doesNotThrowAnyException();
  }
}
