package io.levin.examples.classify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.levin.collective.Exchange;
import io.levin.collective.ProcessGroup;
import io.levin.module.LevinModule;
import io.levin.module.LogOptions;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.Adam;
import io.levin.torch.Losses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells classes apart by rows of numbers (N, width), through one hidden layer. */
public final class Classifier extends LevinModule {
  private final int hidden;
  private final double lr;
  private final List<Integer> said = new ArrayList<>();

  public Classifier(int width, int hidden, int classes, double lr) {
    super(
        new SequentialBlock()
            .add(Linear.builder().setUnits(hidden).build())
            .add(Activation::relu)
            .add(Linear.builder().setUnits(classes).build()),
        new Shape(1, width));
    this.hidden = hidden;
    this.lr = lr;
  }

  @Override
  public Optimizers configureOptimizers() {
    return Optimizers.of(new Adam(parameters(), lr));
  }

  @Override
  public NDArray trainingStep(NDList batch, int batchIndex) {
    NDArray loss = Losses.crossEntropy(forward(batch.get(0)), batch.get(1));
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

  /** The number of each row's class. */
  @Override
  public NDList predictStep(NDList batch, int batchIndex) {
    return new NDList(forward(batch.get(0)).argMax(1));
  }

  @Override
  public void onValidationEpochStart() {
    said.clear();
  }

  /** Ranks take turns with the samples; what each has said is put together again. */
  @Override
  public void onValidationEpochEnd() {
    ProcessGroup ranks = trainer().strategy().group();
    if (ranks.size() == 1) {
      return;
    }
    String own = said.stream().map(String::valueOf).collect(Collectors.joining("\n"));
    List<List<String>> all =
        Exchange.gather(ranks, own).stream().map(text -> text.lines().toList()).toList();
    said.clear();
    for (int i = 0; i < all.get(0).size(); i++) {
      for (List<String> theirs : all) {
        if (i < theirs.size()) {
          said.add(Integer.parseInt(theirs.get(i)));
        }
      }
    }
  }

  /** The classes that the newest validation said, in the order of its data. */
  public List<Integer> said() {
    return Collections.unmodifiableList(said);
  }

  @Override
  public Map<String, Object> hyperParameters() {
    return Map.of("hidden", hidden, "lr", lr);
  }

  private void evaluate(NDList batch, String name) {
    NDArray logits = forward(batch.get(0));
    long[] answers = logits.argMax(1).toLongArray();
    long[] labels = batch.get(1).toLongArray();
    int right = 0;
    for (int i = 0; i < answers.length; i++) {
      said.add((int) answers[i]);
      right += answers[i] == labels[i] ? 1 : 0;
    }
    log(name + "_loss", Losses.crossEntropy(logits, batch.get(1)), LogOptions.PROGRESS_BAR);
    log(name + "_acc", (double) right / answers.length, LogOptions.PROGRESS_BAR);
  }
}
