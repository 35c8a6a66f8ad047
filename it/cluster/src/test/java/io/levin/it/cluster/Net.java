package io.levin.it.cluster;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import io.levin.data.loading.ArrayDataset;
import io.levin.module.LevinModule;
import io.levin.optim.NamedArray;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.Adam;
import io.levin.torch.Losses;
import java.util.List;
import java.util.zip.CRC32;

/** A small classifier on data made up of sines, and the ways in which a test spoils it. */
final class Net extends LevinModule {
  private static final int WIDTH = 6;
  private static final int BATCH = 8;

  private final boolean skipsOnOthers;
  private int rows = 96;
  private int throwAt = -1;

  /**
   * @param skipsOnOthers whether ranks after the first leave the last layer out
   */
  Net(int hidden, boolean skipsOnOthers) {
    super(
        new SequentialBlock()
            .add(Linear.builder().setUnits(hidden).build())
            .add(Activation::relu)
            .add(Linear.builder().setUnits(3).build()),
        new Shape(1, WIDTH));
    this.skipsOnOthers = skipsOnOthers;
  }

  private Net(SequentialBlock block) {
    super(block, new Shape(1, WIDTH));
    this.skipsOnOthers = false;
  }

  Net dropping() {
    return new Net(
        new SequentialBlock()
            .add(Linear.builder().setUnits(16).build())
            .add(Activation::relu)
            .add(Dropout.builder().optRate(0.3f).build())
            .add(Linear.builder().setUnits(3).build()));
  }

  Net rows(int number) {
    rows = number;
    return this;
  }

  Net throwingAt(int batch) {
    throwAt = batch;
    return this;
  }

  DataModule data() {
    float[][] x = new float[rows][WIDTH];
    long[] y = new long[rows];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < WIDTH; k++) {
        x[i][k] = k == 0 ? i : (float) Math.sin(i * 7.3 + k);
      }
      y[i] = Math.floorMod(Math.round(Math.sin(i) * 10), 3);
    }
    ArrayDataset dataset = ArrayDataset.classes(x, y);
    return new DataModule() {
      @Override
      public Loader train() {
        return Loader.of(dataset, BATCH).shuffled();
      }

      @Override
      public List<Loader> validation() {
        return List.of(Loader.of(dataset, BATCH));
      }

      @Override
      public List<Loader> predict() {
        return validation();
      }
    };
  }

  @Override
  public Optimizers configureOptimizers() {
    return Optimizers.of(new Adam(parameters(), 0.01));
  }

  @Override
  public NDArray trainingStep(NDList batch, int batchIndex) {
    if (batchIndex == throwAt) {
      throw new IllegalStateException("the data of this rank is broken");
    }
    NDArray input = batch.get(0).mul(0.01f);
    if (skipsOnOthers && trainer().strategy().globalRank() > 0) {
      // Only the first layer: the last has no gradient here
      return forwardFirst(input);
    }
    return Losses.crossEntropy(forward(input), batch.get(1));
  }

  private NDArray forwardFirst(NDArray input) {
    NDArray weight = parameters().get(0).array();
    return input.matMul(weight.transpose()).square().mean();
  }

  /** The number of the sample itself: its mean tells whether each counted once. */
  @Override
  public void validationStep(NDList batch, int batchIndex) {
    log("val_mean", batch.get(0).get(":, 0").toType(DataType.FLOAT64, true).mean());
  }

  @Override
  public NDList predictStep(NDList batch, int batchIndex) {
    return new NDList(batch.get(0).get(":, 0").duplicate());
  }

  /** Of every bit of the weights. */
  String fingerprint() {
    CRC32 crc = new CRC32();
    for (NamedArray parameter : parameters()) {
      crc.update(parameter.array().toByteBuffer());
    }
    return Long.toHexString(crc.getValue());
  }
}
