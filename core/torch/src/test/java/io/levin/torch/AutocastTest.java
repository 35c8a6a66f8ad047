package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AutocastTest {
  @Test
  void productsAreIn16BitsAndGradientsIn32() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.randomNormal(new Shape(64, 64));
      weight.setRequiresGradient(true);
      NDArray input = manager.randomNormal(new Shape(32, 64));
      NDArray gradient;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray product;
        try (Autocast cast = Autocast.open(Autocast.To.BF16)) {
          assertThat(cast).isNotNull();
          product = input.matMul(weight);
        }
        // The engine has no name for bfloat16.
        assertThat(product.getDataType()).isEqualTo(DataType.UNKNOWN);
        collector.backward(Casts.toFp32(product).sum());
        gradient = weight.getGradient();
      }
      assertThat(gradient.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(input.matMul(weight).getDataType()).isEqualTo(DataType.FLOAT32);
    }
  }

  @Test
  void regionsNest() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.ones(new Shape(8, 8));
      try (Autocast outer = Autocast.open(Autocast.To.BF16)) {
        try (Autocast inner = Autocast.open(Autocast.To.FP16)) {
          assertThat(inner).isNotSameAs(outer);
          assertThat(array.matMul(array).getDataType()).isEqualTo(DataType.FLOAT16);
        }
        assertThat(array.matMul(array).getDataType()).isEqualTo(DataType.UNKNOWN);
      }
      assertThat(array.matMul(array).getDataType()).isEqualTo(DataType.FLOAT32);
    }
  }

  @Test
  void itIsClosedOnceAndOnTheThreadThatOpenedIt() {
    assertThat(Autocast.missing()).isEmpty();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.ones(new Shape(8, 8));
      try (Autocast outer = Autocast.open(Autocast.To.BF16)) {
        Autocast inner = Autocast.open(Autocast.To.FP16);
        assertThat(CompletableFuture.supplyAsync(() -> array.matMul(array).getDataType()).join())
            .isEqualTo(DataType.FLOAT32);
        assertThatThrownBy(() -> CompletableFuture.runAsync(outer::close).join())
            .hasMessageContaining("can only be closed there");
        inner.close();
        inner.close();
        assertThat(array.matMul(array).getDataType()).isEqualTo(DataType.UNKNOWN);
      }
      assertThat(array.matMul(array).getDataType()).isEqualTo(DataType.FLOAT32);
    }
  }

  @Test
  void changedWeightsAreCastAgainInTheNextRegion() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.ones(new Shape(8, 8));
      weight.setRequiresGradient(true);
      NDArray input = manager.ones(new Shape(1, 8));
      JniUtils.setGradMode(true);
      try {
        assertThat(product(input, weight)).isEqualTo(8);
        JniUtils.setGradMode(false);
        weight.muli(2);
        JniUtils.setGradMode(true);
        assertThat(product(input, weight)).isEqualTo(16);
      } finally {
        JniUtils.setGradMode(false);
      }
    }
  }

  private static float product(NDArray input, NDArray weight) {
    try (Autocast cast = Autocast.open(Autocast.To.BF16)) {
      assertThat(cast).isNotNull();
      return input.matMul(weight).toType(DataType.FLOAT32, false).getFloat(0, 0);
    }
  }
}
