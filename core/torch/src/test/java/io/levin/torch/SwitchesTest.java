package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Switches of the whole process. */
class SwitchesTest {
  @AfterEach
  void off() {
    Determinism.require(false);
    Anomaly.detect(false);
  }

  @Test
  void determinismIsRequiredAndNoMore() {
    assertThat(Determinism.isRequired()).isFalse();
    Determinism.require(true);
    assertThat(Determinism.isRequired()).isTrue();
  }

  @Test
  void theFunctionThatGivesNanIsNamed() {
    backwardThroughNan();
    Anomaly.detect(true);
    assertThatThrownBy(SwitchesTest::backwardThroughNan).hasMessageContaining("SqrtBackward0");
  }

  private static void backwardThroughNan() {
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray array = manager.create(new float[] {-1});
      array.setRequiresGradient(true);
      collector.backward(array.sqrt());
    }
  }
}
