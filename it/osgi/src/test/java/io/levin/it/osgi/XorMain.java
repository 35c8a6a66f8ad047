package io.levin.it.osgi;

import static io.levin.arguments.TrainerArguments.*;

import ai.djl.ndarray.*;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.*;
import ai.djl.nn.core.Linear;
import io.levin.arguments.Arguments;
import io.levin.data.*;
import io.levin.data.loading.ArrayDataset;
import io.levin.launcher.Levin;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.Adam;
import io.levin.torch.Losses;
import io.levin.trainer.*;

/** Learns exclusive or: the sample of the README. */
public class XorMain extends LevinModule {
  XorMain() {
    super(
        new SequentialBlock()
            .add(Linear.builder().setUnits(8).build())
            .add(Activation::tanh)
            .add(Linear.builder().setUnits(2).build()),
        new Shape(1, 2));
  }

  @Override
  public Optimizers configureOptimizers() {
    return Optimizers.of(new Adam(parameters(), 0.05));
  }

  @Override
  public NDArray trainingStep(NDList batch, int batchIndex) {
    NDArray loss = Losses.crossEntropy(forward(batch.get(0)), batch.get(1));
    log("train_loss", loss);
    return loss;
  }

  public static void main(String[] args) {
    float[][] inputs = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    DataModule data =
        DataModule.of(Loader.of(ArrayDataset.classes(inputs, new long[] {0, 1, 1, 0}), 4));
    Arguments arguments =
        Arguments.none().with(MAX_EPOCHS, 200).with(SEED, 1L).with(ENABLE_PROGRESS_BAR, false);
    try (Levin levin = Levin.start();
        Trainer trainer = levin.trainer(arguments)) {
      FitResult result = trainer.fit(new XorMain(), data);
      System.out.println(result.metrics() + " in " + result.directory());
    }
  }
}
