package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
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
}
