package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpListsTest {
  private static final OpLists AS_AUTOCAST =
      new OpLists(Autocast.To.BF16, OpLists.PRODUCTS, Set.of());

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private float[] gradient(AutoCloseable region, NDArray input, NDArray weight) throws Exception {
    weight.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray product;
      try (region) {
        product = input.matMul(weight);
      }
      assertThat(product.getDataType()).isEqualTo(DataType.UNKNOWN);
      collector.backward(Casts.toFp32(product).square().sum());
    }
    return weight.getGradient().toFloatArray();
  }

  @Test
  void theyGiveTheBitsThatAutocastGives() throws Exception {
    NDArray input = manager.randomNormal(new Shape(8, 16));
    NDArray weight = manager.randomNormal(new Shape(16, 4));
    float[] expected = gradient(Autocast.open(Autocast.To.BF16), input, weight.duplicate()).clone();
    assertThat(gradient(AS_AUTOCAST.open(), input, weight.duplicate())).isEqualTo(expected);
  }

  @Test
  void listedOperationsAreCastAndOthersTakeWhatTheyGet() {
    OpLists lists = new OpLists(Autocast.To.FP16, Set.of("mm"), Set.of("softmax", "exp"));
    NDArray array = manager.ones(new Shape(4, 4));
    try (Region region = lists.open()) {
      assertThat(region).isNotNull();
      NDArray product = array.matMul(array);
      assertThat(product.getDataType()).isEqualTo(DataType.FLOAT16);
      assertThat(product.add(1).getDataType()).isEqualTo(DataType.FLOAT16);
      assertThat(product.exp().getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(product.add(array).getDataType()).isEqualTo(DataType.FLOAT32);
    }
    assertThat(array.matMul(array).getDataType()).isEqualTo(DataType.FLOAT32);
  }

  @Test
  void theWeightsOfRecurrentOperationsAreCastToo() {
    LSTM lstm = LSTM.builder().setNumLayers(1).setStateSize(4).optReturnState(false).build();
    lstm.initialize(manager, DataType.FLOAT32, new Shape(2, 3, 5));
    try (Region region = AS_AUTOCAST.open()) {
      assertThat(region).isNotNull();
      NDArray output =
          lstm.forward(
                  new ParameterStore(manager, false),
                  new NDList(manager.ones(new Shape(2, 3, 5))),
                  false)
              .get(0);
      assertThat(Casts.isNarrow(output)).isTrue();
    }
  }

  @Test
  void wrongListsSayWhatIsWrong() {
    assertThatThrownBy(() -> new OpLists(Autocast.To.BF16, Set.of("matmull"), Set.of()))
        .hasMessageStartingWith("there is no operation 'matmull'; there are: acos, add, addmm,");
    assertThatThrownBy(() -> new OpLists(Autocast.To.BF16, Set.of("mm"), Set.of("mm")))
        .hasMessage("mm cannot compute in 16 and in 32 bits at once");
  }
}
