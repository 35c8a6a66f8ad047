package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.levin.engine.Mends;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DJL's calls that end the process, mended: without the mends this test ends with its JVM. */
class MendsTest {
  private static final Map<String, UnaryOperator<NDArray>> OPERATIONS =
      Map.of(
          "zerosLike", NDArray::zerosLike,
          "onesLike", NDArray::onesLike,
          "toDevice", array -> array.toDevice(Device.cpu(), true),
          "toType", array -> array.toType(DataType.BFLOAT16, true),
          "zeros", array -> array.getManager().zeros(new Shape(2), DataType.BFLOAT16),
          "create", array -> array.getManager().create(new Shape(2), DataType.UNKNOWN),
          "int16", array -> array.toType(DataType.INT16, true));

  @ParameterizedTest
  @ValueSource(
      strings = {"zerosLike", "onesLike", "toDevice", "toType", "zeros", "create", "int16"})
  void whatTheEngineCannotDoIsAnExceptionThatSaysWhatCan(String operation) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = Casts.toBf16(manager.ones(new Shape(2)));
      assertThatThrownBy(() -> OPERATIONS.get(operation).apply(array))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("toType(DataType.FLOAT32");
    }
  }

  @Test
  void aConvolutionOrPoolOfTooFewAxesIsAnException() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray flat = manager.ones(new Shape(2, 2));
      Shape two = new Shape(2, 2);
      assertThatThrownBy(() -> flat.getNDArrayInternal().maxPool(two, two, new Shape(0, 0), false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("given one of shape (2, 2)");
    }
  }

  @Test
  void softmaxOfBfloat16IsTakenInFloat32() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = Casts.toBf16(manager.arange(4f));
      for (NDArray result : List.of(array.softmax(0), array.logSoftmax(0).exp())) {
        assertThat(result.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(result.sum().getFloat()).isCloseTo(1f, offset(1e-5f));
      }
    }
  }

  @Test
  void theyAreInEffect() {
    assertThat(Mends.missing()).isEmpty();
  }

  @Test
  void numbersOfBfloat16AreRead() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = Casts.toBf16(manager.create(new float[] {1.5f, -2}));
      assertThat(array.toFloatArray()).containsExactly(1.5f, -2);
      assertThat(array.toArray()).containsExactly(1.5f, -2f);
      assertThat(array.getFloat(1)).isEqualTo(-2);
      assertThat(array.flip(0).toFloatArray()).containsExactly(-2, 1.5f);
      assertThat(array.toDebugString(true)).contains("1.5");
      assertThat(array.toType(DataType.FLOAT32, false).toFloatArray()).containsExactly(1.5f, -2);
    }
  }

  @Test
  void otherNumbersAreReadAsBefore() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThat(manager.create(new float[] {1, 2}).toArray()).containsExactly(1f, 2f);
      assertThat(manager.create(new int[] {3}).toArray()).containsExactly(3);
      assertThat(Casts.toFp16(manager.create(new float[] {0.5f})).toFloatArray())
          .containsExactly(0.5f);
      NDArray whole = manager.create(new int[] {3});
      assertThatThrownBy(whole::toFloatArray).hasMessageContaining("Required float, Actual int32");
    }
  }
}
