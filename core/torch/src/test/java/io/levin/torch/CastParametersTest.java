package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CastParametersTest {
  private final NDManager manager = NDManager.newBaseManager();
  private final SequentialBlock block =
      new SequentialBlock()
          .add(Linear.builder().setUnits(4).build())
          .add(BatchNorm.builder().build());

  @BeforeEach
  void initialize() {
    block.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private DataType type(CastParameters store, int index) {
    Parameter parameter = block.getParameters().valueAt(index);
    return store.getValue(parameter, manager.getDevice(), true).getDataType();
  }

  @Test
  void normalizationAndStateStayIn32Bits() {
    CastParameters store = new CastParameters(block, manager, Autocast.To.FP16);
    assertThat(type(store, 0)).isEqualTo(DataType.FLOAT16);
    assertThat(type(store, 2)).as("gamma").isEqualTo(DataType.FLOAT32);
    assertThat(type(store, 4)).as("running mean").isEqualTo(DataType.FLOAT32);
    store.release();
  }

  @Test
  void mastersGetGradientsIn32BitsAndCastsAreFreed() {
    CastParameters store = new CastParameters(block, manager, Autocast.To.FP16);
    block
        .getParameters()
        .forEach(
            pair ->
                pair.getValue().getArray().setRequiresGradient(pair.getValue().requiresGradient()));
    NDArray weight = block.getParameters().valueAt(0).getArray();
    int before = manager.getManagedArrays().size();
    NDArray input = manager.randomNormal(new Shape(2, 3));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector();
        NDManager step = manager.newSubManager()) {
      input.attach(step);
      NDList inputs = new NDList(Casts.toFp16(input));
      NDArray output = block.forward(store, inputs, true).get(0);
      assertThat(output.getDataType()).isEqualTo(DataType.FLOAT16);
      NDArray loss = Casts.toFp32(output).square().sum();
      store.release();
      collector.backward(loss);
    }
    assertThat(manager.getManagedArrays()).hasSize(before);
    assertThat(weight.getGradient().getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(weight.getGradient().abs().sum().getFloat()).isPositive();
  }
}
