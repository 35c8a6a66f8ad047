package io.levin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardwareTest {
  @Test
  void readsKindsAndCounts() {
    assertThat(Hardware.parse("gpu=4").declared("gpu")).hasValue(4);
    assertThat(Hardware.parse("gpu=4").declared("tpu")).hasValue(0);
    assertThat(Hardware.parse("gpu=2, hpu=8").declared("hpu")).hasValue(8);
    assertThat(Hardware.parse("tpu").declared("tpu")).hasValue(1);
    assertThat(Hardware.parse("cpu").declared("gpu")).hasValue(0);
  }

  @Test
  void thisMachineDeclaresNothing() {
    assertThat(Hardware.here().declared("gpu")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "gpu=", "gpu=-1", "gpu=99999", "GPU=1", "gpu=1,", "gpu=٤", "4", "gpu 4"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> Hardware.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }
}
