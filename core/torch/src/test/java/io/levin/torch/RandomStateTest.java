package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class RandomStateTest {
  @Test
  void theSameStateGivesTheSameNumbers() {
    try (NDManager manager = NDManager.newBaseManager()) {
      // Normal numbers come in pairs: the state must hold the one that is left over.
      manager.randomNormal(new Shape(33));
      byte[] state = RandomState.get();
      float[] first = manager.randomNormal(new Shape(7)).toFloatArray();
      RandomState.set(state);
      assertThat(manager.randomNormal(new Shape(7)).toFloatArray()).containsExactly(first);
      assertThat(state).hasSize(5056);
    }
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> RandomState.set(new byte[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5056");
  }
}
