package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShardsTest {
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void rowsOfEveryRankStandTogether() {
    NDArray table = manager.arange(15f).reshape(5, 3);
    NDArray line = manager.arange(4f);
    NDArray single = manager.create(7f);
    NDArray message = manager.zeros(new Shape(3, 2 * 3 + 2 + 1));
    try (TensorList wholes = TensorList.of(List.of(table, line, single))) {
      Shards.pack(message, wholes, 3);
    }
    assertThat(message.get(0).toFloatArray()).containsExactly(0, 1, 2, 3, 4, 5, 0, 1, 7);
    assertThat(message.get(1).toFloatArray()).containsExactly(6, 7, 8, 9, 10, 11, 2, 3, 0);
    assertThat(message.get(2).toFloatArray()).containsExactly(12, 13, 14, 0, 0, 0, 0, 0, 0);

    List<NDArray> filled = List.of(table.zerosLike(), line.zerosLike(), single.zerosLike());
    try (TensorList wholes = TensorList.of(filled)) {
      Shards.unpack(message, wholes, 3);
    }
    assertThat(filled.get(0)).isEqualTo(table);
    assertThat(filled.get(1)).isEqualTo(line);
    assertThat(filled.get(2)).isEqualTo(single);
  }

  @Test
  void whatAutogradHoldsMayBeWithoutMemoryBetweenThePasses() {
    assertThat(Storages.missing()).isEmpty();
    NDArray values = manager.arange(12f).reshape(4, 3);
    NDArray weight = manager.zeros(new Shape(4, 3));
    fill(weight, values);
    weight.setRequiresGradient(true);
    NDArray input = manager.ones(new Shape(2, 3));
    input.setRequiresGradient(true);
    JniUtils.setGradMode(true);
    NDArray output = Linear.linear(input, weight, null).head();
    JniUtils.setGradMode(false);
    assertThat(Gradient.reaches(output)).isTrue();
    assertThat(Gradient.reaches(values)).isFalse();

    Storages.release(weight);
    Storages.allocate(weight);
    fill(weight, values);
    JniUtils.backward((PtNDArray) output, (PtNDArray) manager.ones(new Shape(2, 4)), false, false);
    assertThat(Gradient.of(input).toFloatArray()).containsExactly(18, 22, 26, 18, 22, 26);
    assertThat(Gradient.of(weight).toFloatArray()).containsOnly(2);
  }

  private void fill(NDArray array, NDArray values) {
    NDArray message = values.reshape(1, values.size());
    try (TensorList one = TensorList.of(List.of(array))) {
      Shards.unpack(message, one, 1);
    }
  }

  @Test
  void partsAreCastOnTheirWay() {
    NDArray row = Casts.zeros(manager, new Shape(4), DataType.UNKNOWN);
    NDArray part = manager.create(new float[] {1, 2});
    NDArray sum = manager.create(new float[] {10, 20});
    try (TensorList parts = TensorList.of(List.of(part));
        TensorList sums = TensorList.of(List.of(sum))) {
      Shards.packParts(row, parts, new long[] {1});
      Shards.addParts(row, sums, new long[] {1});
    }
    assertThat(sum.toFloatArray()).containsExactly(11, 22);
  }
}
