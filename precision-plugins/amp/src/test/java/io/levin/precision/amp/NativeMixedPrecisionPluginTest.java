package io.levin.precision.amp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.levin.MisconfigurationException;
import io.levin.precision.StepResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeMixedPrecisionPluginTest {
  private static final ScalerOptions EIGHT = new ScalerOptions(8, 2, 0.5, 2);

  private final NDManager manager = NDManager.newBaseManager();
  private final NativeMixedPrecisionPlugin plugin = new NativeMixedPrecisionPlugin("16", EIGHT);

  @AfterEach
  void close() {
    plugin.teardown();
    manager.close();
  }

  @Test
  void hooksAndClippingSeeUnscaledGradients() {
    try (OneGradient step = new OneGradient(manager, 0)) {
      step.gradient(16);
      assertThat(plugin.optimizerStep(step)).isEqualTo(StepResult.STEPPED);
      assertThat(step.events).containsExactly("hooks see 2.0", "steps with 2.0");
    }
  }

  @Test
  void infinitiesLeaveTheStepOutAndHalveTheScale() {
    try (OneGradient step = new OneGradient(manager, 0)) {
      step.gradient(Float.NaN);
      assertThat(plugin.optimizerStep(step)).isEqualTo(StepResult.SKIPPED);
      assertThat(step.events).containsExactly("hooks see NaN");
      assertThat(plugin.metrics()).containsEntry("scaler/scale", 4.0);
    }
  }

  @Test
  void aWindowWithoutBackwardLeavesTheScalerAlone() {
    try (OneGradient step = new OneGradient(manager, 0)) {
      step.hasBackward = false;
      for (int i = 0; i < 5; i++) {
        assertThat(plugin.optimizerStep(step)).isEqualTo(StepResult.NOTHING_TO_DO);
      }
      assertThat(plugin.stateDict())
          .containsEntry("scale", 8.0)
          .containsEntry("_growth_tracker", 0L);
      step.hasBackward = true;
      step.gradient(8);
      assertThat(plugin.optimizerStep(step)).isEqualTo(StepResult.STEPPED);
    }
  }

  @Test
  void clippingByHandUnscalesOnce() {
    try (OneGradient step = new OneGradient(manager, 0)) {
      step.gradient(16);
      plugin.unscaleGradients(step);
      plugin.unscaleGradients(step);
      plugin.optimizerStep(step);
      assertThat(step.events).last().isEqualTo("steps with 2.0");
    }
  }

  @Test
  void bf16HasNoScaler() {
    NativeMixedPrecisionPlugin bf16 = new NativeMixedPrecisionPlugin("bf16");
    try (OneGradient step = new OneGradient(manager, 0)) {
      step.gradient(16);
      bf16.optimizerStep(step);
      assertThat(step.events).last().isEqualTo("steps with 16.0");
      assertThat(bf16.stateDict()).isEmpty();
    } finally {
      bf16.teardown();
    }
  }

  @Test
  void anOptimizerThatEvaluatesItsClosureAgainIsRefused() {
    try (OneGradient optimizer = new OneGradient(manager, 0)) {
      optimizer.reevaluates = true;
      assertThatThrownBy(() -> plugin.connect(null, List.of(optimizer)))
          .isInstanceOf(MisconfigurationException.class)
          .hasMessageContaining("OneGradient evaluates its closure several times");
    }
  }

  @Test
  void otherPrecisionsAreRefused() {
    assertThatThrownBy(() -> new NativeMixedPrecisionPlugin("32"))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("precision 32");
  }

  @Test
  void scalerOptionsSayWhatIsWrongWithThem() {
    assertThat(ScalerOptions.read(Map.of())).isEqualTo(ScalerOptions.DEFAULT);
    assertThat(ScalerOptions.read(Map.of("init_scale", "1e3", "growth_interval", "5")))
        .isEqualTo(new ScalerOptions(1000, 2, 0.5, 5));
    assertThatThrownBy(() -> ScalerOptions.read(Map.of("init_scale", "big")))
        .hasMessage("init_scale must be a number, not 'big'");
    assertThatThrownBy(() -> ScalerOptions.read(Map.of("growth_interval", "2.5")))
        .hasMessage("growth_interval must be whole, but is 2.5");
    assertThatThrownBy(() -> ScalerOptions.read(Map.of("backoff_factor", "1")))
        .hasMessage("backoff_factor must be between 0 and 1, but is 1.0");
  }
}
