package io.levin.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.levin.data.loading.ArrayDataset;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.Adam;
import io.levin.optim.torch.SGD;
import io.levin.torch.Losses;
import java.util.Random;

/** Multi-layer perceptrons and random data, the same for the Trainer and for lean loops. */
final class Mlp extends LevinModule {
  private final boolean classifies;

  Mlp(int[] widths) {
    super(net(widths), new Shape(1, widths[0]));
    classifies = widths[widths.length - 1] > 1;
  }

  static Block net(int[] widths) {
    SequentialBlock net = new SequentialBlock();
    for (int i = 1; i < widths.length; i++) {
      net.add(Linear.builder().setUnits(widths[i]).build());
      if (i < widths.length - 1) {
        net.add(Activation::relu);
      }
    }
    return net;
  }

  static NDArray loss(NDArray outputs, NDArray wanted, boolean classifies) {
    return classifies ? Losses.crossEntropy(outputs, wanted) : outputs.sub(wanted).square().mean();
  }

  static ArrayDataset data(int[] widths, int samples) {
    Random random = new Random(0);
    float[][] rows = new float[samples][widths[0]];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    int outputs = widths[widths.length - 1];
    if (outputs > 1) {
      return ArrayDataset.classes(rows, random.longs(samples, 0, outputs).toArray());
    }
    float[][] targets = new float[samples][1];
    for (float[] target : targets) {
      target[0] = (float) random.nextGaussian();
    }
    return ArrayDataset.targets(rows, targets);
  }

  @Override
  public Optimizers configureOptimizers() {
    Optimizer optimizer = classifies ? new Adam(parameters(), 1e-3) : new SGD(parameters(), 1e-3);
    return Optimizers.of(optimizer);
  }

  @Override
  public NDArray trainingStep(NDList batch, int batchIndex) {
    return loss(forward(batch.get(0)), batch.get(1), classifies);
  }
}
