package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpsTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    Engine.getInstance();
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void normIsOverAllTensorsTogether() {
    try (TensorList list = list(new float[] {3}, new float[] {0, 4})) {
      assertThat(Foreach.norm(list, (PtNDManager) manager)).isEqualTo(5.0);
    }
  }

  @Test
  void clipByNormScalesAllTensorsByOneFactor() {
    NDArray a = manager.create(new float[] {3});
    NDArray b = manager.create(new float[] {-4});
    try (TensorList list = TensorList.of(List.of(a, b))) {
      Foreach.clipByNorm(list, 1);
    }
    assertThat(a.getFloat(0)).isCloseTo(0.6f, org.assertj.core.data.Offset.offset(1e-6f));
    assertThat(b.getFloat(0)).isCloseTo(-0.8f, org.assertj.core.data.Offset.offset(1e-6f));
  }

  @Test
  void clipByValueLimitsBothSigns() {
    NDArray a = manager.create(new float[] {5, -5, 0.5f});
    try (TensorList list = TensorList.of(List.of(a))) {
      Foreach.clipByValue(list, 1);
    }
    assertThat(a.toFloatArray()).containsExactly(1, -1, 0.5f);
  }

  @Test
  void unscaleNotesInfinities() {
    NDArray good = manager.create(new float[] {8});
    NDArray bad = manager.create(new float[] {Float.POSITIVE_INFINITY});
    NDArray found = manager.zeros(new Shape(1));
    NDArray inverse = manager.create(new float[] {0.125f});
    try (TensorList list = TensorList.of(List.of(good))) {
      Foreach.unscale(list, found, inverse);
    }
    assertThat(found.getFloat(0)).isZero();
    assertThat(good.getFloat(0)).isEqualTo(1);
    try (TensorList list = TensorList.of(List.of(good, bad))) {
      Foreach.unscale(list, found, inverse);
    }
    assertThat(found.getFloat(0)).isEqualTo(1);
  }

  @Test
  void zeroKeepsTheStorage() {
    NDArray a = manager.create(new float[] {5, -5});
    NDArray view = a.get("0:1");
    try (TensorList list = TensorList.of(List.of(a))) {
      Foreach.zero(list);
    }
    assertThat(view.getFloat(0)).isZero();
  }

  @Test
  void crossEntropyIsTheMeanOverTheBatch() {
    NDArray logits = manager.create(new float[] {1, 2, 3, 1, 1, 1}, new Shape(2, 3));
    NDArray labels = manager.create(new long[] {2, 0});
    double expected = (Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)) - 3 + Math.log(3)) / 2;
    assertThat(Losses.crossEntropy(logits, labels).getFloat())
        .isCloseTo((float) expected, org.assertj.core.data.Offset.offset(1e-6f));
  }

  private TensorList list(float[]... values) {
    return TensorList.of(java.util.Arrays.stream(values).map(manager::create).toList());
  }
}
