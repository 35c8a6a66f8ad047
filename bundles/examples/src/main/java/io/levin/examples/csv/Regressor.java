package io.levin.examples.csv;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.levin.module.LevinModule;
import io.levin.module.LogOptions;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.Adam;
import java.util.Map;

/** Tells a number by a row of numbers (N, width), through one hidden layer. */
final class Regressor extends LevinModule {
  private final int hidden;
  private final double lr;
  private final NumberColumn label;

  /**
   * @param label knows how far the standardized numbers stand for in the file's own units
   */
  Regressor(int width, int hidden, double lr, NumberColumn label) {
    super(
        new SequentialBlock()
            .add(Linear.builder().setUnits(hidden).build())
            .add(Activation::relu)
            .add(Linear.builder().setUnits(1).build()),
        new Shape(1, width));
    this.hidden = hidden;
    this.lr = lr;
    this.label = label;
  }

  @Override
  public Optimizers configureOptimizers() {
    return Optimizers.of(new Adam(parameters(), lr));
  }

  @Override
  public NDArray trainingStep(NDList batch, int batchIndex) {
    NDArray loss = loss(batch);
    log("train_loss", loss, LogOptions.PROGRESS_BAR);
    return loss;
  }

  @Override
  public void validationStep(NDList batch, int batchIndex) {
    evaluate(batch, "val");
  }

  @Override
  public void testStep(NDList batch, int batchIndex) {
    evaluate(batch, "test");
  }

  /** Numbers in the file's own units. */
  @Override
  public NDList predictStep(NDList batch, int batchIndex) {
    NDArray standardized = forward(batch.get(0));
    return new NDList(standardized.mul(label.deviation()).add(label.mean()));
  }

  @Override
  public Map<String, Object> hyperParameters() {
    return Map.of("hidden", hidden, "lr", lr);
  }

  private void evaluate(NDList batch, String name) {
    NDArray loss = loss(batch);
    log(name + "_loss", loss, LogOptions.PROGRESS_BAR);
    log(name + "_mse", loss.mul(label.deviation() * label.deviation()), LogOptions.PROGRESS_BAR);
  }

  private NDArray loss(NDList batch) {
    return forward(batch.get(0)).sub(batch.get(1)).square().mean();
  }
}
