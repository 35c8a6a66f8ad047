package io.levin.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.LevinException;
import org.junit.jupiter.api.Test;

class RandomNumbersTest {
  private final RandomNumbers random = new RandomNumbers();

  @Test
  void theyGoOnWhereTheyWere() {
    try (NDManager manager = NDManager.newBaseManager()) {
      random.seed(5);
      Object state = random.state();
      float[] first = manager.randomNormal(new Shape(3)).toFloatArray();
      random.restore(state);
      assertThat(manager.randomNormal(new Shape(3)).toFloatArray()).containsExactly(first);
    }
  }

  @Test
  void aDamagedStateIsOneClearError() {
    assertThatThrownBy(() -> random.restore(new byte[5056]))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("random numbers cannot be put back")
        .hasNoCause();
  }
}
