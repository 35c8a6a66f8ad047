package io.levin.strategy.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.levin.cluster.gloo.GlooProcessGroups;
import io.levin.collective.Rendezvous;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizers;
import io.levin.torch.Gradient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** One rank of a DDP run, as a program: rank, size, port. */
public final class DDPMember {
  private static final int FEATURES = 5;
  private static final int ROWS = 8;

  private static final class Net extends LevinModule {
    Net(Block block) {
      super(block, new Shape(1, FEATURES));
    }

    @Override
    public Optimizers configureOptimizers() {
      throw new UnsupportedOperationException();
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      throw new UnsupportedOperationException();
    }
  }

  private DDPMember() {}

  public static void main(String[] arguments) {
    int rank = Integer.parseInt(arguments[0]);
    int size = Integer.parseInt(arguments[1]);
    Rendezvous where =
        Rendezvous.of("127.0.0.1", Integer.parseInt(arguments[2]), rank, size)
            .within(Duration.ofSeconds(60));
    try (DDPStrategy strategy =
            new DDPStrategy(
                "DDPStrategy", Device.cpu(), new GlooProcessGroups().join(where), true);
        NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      assertThat(strategy.worldSize()).isEqualTo(size);
      assertThat(strategy.globalRank()).isEqualTo(rank);
      assertThat(strategy.isGlobalZero()).isEqualTo(rank == 0);
      gradients(strategy, manager);
      values(strategy, manager);
    }
    System.out.println("all good");
  }

  private static void gradients(DDPStrategy strategy, NDManager manager) {
    int rank = strategy.globalRank();
    int size = strategy.worldSize();
    Engine.getInstance().setRandomSeed(7 + rank); // different, so that connect has something to do
    Block block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(4).build())
            .add(Linear.builder().setUnits(1).build());
    Block buffers = BatchNorm.builder().build();
    block.initialize(manager, DataType.FLOAT32, new Shape(1, FEATURES));
    buffers.initialize(manager, DataType.FLOAT32, new Shape(1, FEATURES));
    buffers.getParameters().values().forEach(p -> p.getArray().addi(rank));
    strategy.connect(new Net(buffers), List.of());
    buffers
        .getParameters()
        .forEach(
            p ->
                assertThat(p.getValue().getArray().toFloatArray())
                    .containsOnly(
                        p.getKey().contains("gamma") || p.getKey().contains("Var") ? 1 : 0));

    // Each rank's batches have changed its own: after a step they are rank 0's again.
    buffers.getParameters().get("runningMean").getArray().addi(rank);
    strategy.afterBackward(true);
    assertThat(buffers.getParameters().get("runningMean").getArray().toFloatArray())
        .containsOnly(0);

    strategy.connect(new Net(block), List.of());
    List<NDArray> parameters =
        block.getParameters().values().stream().map(p -> p.getArray()).toList();
    for (NDArray parameter : parameters) {
      assertThat(strategy.mean(parameter.sum().getFloat())).isEqualTo(parameter.sum().getFloat());
    }
    NDArray all = manager.arange((float) ROWS * size * FEATURES).sin().reshape(-1, FEATURES);
    NDArray mine = all.get("%d:%d".formatted(rank * ROWS, (rank + 1) * ROWS));

    // A window of two: nothing is shared after its first half.
    backward(manager, block, mine);
    NDArray half = Gradient.of(parameters.get(0)).duplicate();
    strategy.afterBackward(false);
    assertThat(Gradient.of(parameters.get(0)).toFloatArray()).containsExactly(half.toFloatArray());
    backward(manager, block, mine);
    strategy.afterBackward(true);
    float[][] shared = taken(parameters);

    // One process with all the data has the same gradients, but for the order of its sums.
    backward(manager, block, all);
    backward(manager, block, all);
    float[][] whole = taken(parameters);
    for (int i = 0; i < whole.length; i++) {
      for (int j = 0; j < whole[i].length; j++) {
        assertThat(shared[i][j]).isCloseTo(whole[i][j], within(1e-5f));
      }
    }
    NDArray sum = manager.create(Arrays.hashCode(shared[0]));
    NDArray largest = sum.duplicate();
    strategy.max(largest);
    assertThat(largest.getInt()).isEqualTo(sum.getInt()); // the same bits on all ranks
  }

  private static org.assertj.core.data.Offset<Float> within(float tolerance) {
    return org.assertj.core.data.Offset.offset(tolerance);
  }

  private static void backward(NDManager manager, Block block, NDArray input) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray loss =
          block
              .forward(new ParameterStore(manager, false), new NDList(input), true)
              .head()
              .square()
              .mean();
      collector.backward(loss);
    }
  }

  /** The gradients, which are zero after that. */
  private static float[][] taken(List<NDArray> parameters) {
    float[][] values = new float[parameters.size()][];
    for (int i = 0; i < values.length; i++) {
      try (NDArray gradient = Gradient.of(parameters.get(i))) {
        values[i] = gradient.toFloatArray();
        gradient.subi(gradient);
      }
    }
    return values;
  }

  private static void values(DDPStrategy strategy, NDManager manager) {
    int rank = strategy.globalRank();
    int size = strategy.worldSize();
    assertThat(strategy.mean(rank)).isEqualTo((size - 1) / 2.0);
    assertThat(strategy.agree(rank == 0)).isTrue();
    assertThat(strategy.agree(rank != 0)).isFalse();
    NDArray array = manager.create(new float[] {rank, -rank});
    strategy.max(array);
    assertThat(array.toFloatArray()).containsExactly(size - 1, 0);
    strategy.barrier("end");
  }
}
