package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
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
  void theSameStateGivesTheSameDropoutMask() {
    try (NDManager manager = NDManager.newBaseManager()) {
      byte[] state = RandomState.get();
      float[] first = mask(manager);
      assertThat(mask(manager)).isNotEqualTo(first);
      RandomState.set(state);
      assertThat(mask(manager)).containsExactly(first);
    }
  }

  /** Without the check in Java, libtorch's own ends the process. */
  @Test
  void damagedStatesAreRefusedBeforeTheEngineSeesThem() {
    byte[] position = RandomState.get();
    position[9] = 127;
    for (byte[] state : new byte[][] {new byte[5056], position}) {
      assertThatThrownBy(() -> RandomState.set(state))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the bytes are not a state of the random numbers");
    }
  }

  private static float[] mask(NDManager manager) {
    return Dropout.dropout(manager.ones(new Shape(64)), 0.5f, true)
        .singletonOrThrow()
        .toFloatArray();
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> RandomState.set(new byte[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5056");
  }
}
