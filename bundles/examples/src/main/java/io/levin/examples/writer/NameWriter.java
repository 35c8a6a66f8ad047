package io.levin.examples.writer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import io.levin.module.LevinModule;
import io.levin.module.LogOptions;
import io.levin.optim.Optimizers;
import io.levin.optim.SchedulerConfig;
import io.levin.optim.torch.AdamW;
import io.levin.schedule.CosineAnnealingLR;
import io.levin.schedule.LinearLR;
import io.levin.schedule.SequentialLR;
import io.levin.torch.Losses;
import java.util.List;

/** A small transformer that says which character comes next. */
final class NameWriter extends LevinModule {
  static final int CONTEXT = 32;
  static final int HEADS = 4;
  private static final int WARM_UP = 100;

  private final int size;
  private final double lr;
  private final long stepsPerEpoch;

  /**
   * @param size number of characters
   * @param width of every layer; a multiple of the number of heads
   */
  NameWriter(int size, int width, double lr, long stepsPerEpoch) {
    super(
        new SequentialBlock()
            .add(new Embeddings(size, CONTEXT, width))
            .add(new TransformerLayer(width, HEADS))
            .add(new TransformerLayer(width, HEADS))
            .add(LayerNorm.builder().axis(2).build())
            .add(Linear.builder().setUnits(size).build()),
        new Shape(1, CONTEXT));
    this.size = size;
    this.lr = lr;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /** The rate rises in a line, then falls along a cosine until the last step. */
  @Override
  public Optimizers configureOptimizers() {
    AdamW adam = new AdamW(parameters(), lr);
    int steps = steps();
    int warmUp = Math.min(WARM_UP, steps / 10 + 1);
    SequentialLR schedule =
        new SequentialLR(
            List.of(
                new LinearLR(adam, 0.01, 1, warmUp),
                new CosineAnnealingLR(adam, steps - warmUp + 1, 0)),
            List.of(warmUp));
    return Optimizers.of(adam).with(SchedulerConfig.everyStep(schedule));
  }

  private int steps() {
    long epochs = trainer().maxEpochs() < 0 ? 1000 : trainer().maxEpochs();
    long steps = trainer().maxSteps() < 0 ? Long.MAX_VALUE : trainer().maxSteps();
    return (int) Math.min(steps, Math.min(epochs * stepsPerEpoch, 1_000_000));
  }

  @Override
  public NDArray trainingStep(NDList batch, int batchIndex) {
    NDArray loss = loss(batch);
    log("train_loss", loss, LogOptions.PROGRESS_BAR);
    return loss;
  }

  @Override
  public void validationStep(NDList batch, int batchIndex) {
    log("val_loss", loss(batch), LogOptions.PROGRESS_BAR);
  }

  @Override
  public void testStep(NDList batch, int batchIndex) {
    log("test_loss", loss(batch), LogOptions.PROGRESS_BAR);
  }

  private NDArray loss(NDList batch) {
    NDArray logits = forward(batch.get(0)).reshape(-1, size);
    return Losses.crossEntropy(logits, batch.get(1).flatten());
  }
}
