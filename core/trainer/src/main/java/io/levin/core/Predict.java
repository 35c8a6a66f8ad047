package io.levin.core;

import static io.levin.arguments.TrainerArguments.LIMIT_PREDICT_BATCHES;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.levin.MisconfigurationException;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import io.levin.module.LevinModule;
import io.levin.torch.Transfer;
import io.levin.trainer.Trainer.State;
import java.util.ArrayList;
import java.util.List;

/** Predictions for every batch, kept beyond their steps. */
final class Predict {
  private final DefaultTrainer trainer;
  private final LevinModule module;
  private final DataModule data;

  Predict(DefaultTrainer trainer, LevinModule module, DataModule data) {
    this.trainer = trainer;
    this.module = module;
    this.data = data;
  }

  List<NDList> run() {
    data.setup();
    List<Loader> loaders = data.predict();
    if (loaders.isEmpty()) {
      throw new MisconfigurationException(
          data.getClass().getSimpleName() + " has no data to predict.",
          "Override predict() of the data module.");
    }
    Network network = Evaluate.attach(trainer, module);
    Hooks hooks = new Hooks(trainer.callbacks(), module);
    ModelSteps steps = new ModelSteps(module, trainer.precision());
    List<NDList> predictions = new ArrayList<>();
    trainer.enter(State.PREDICTING);
    hooks.call(c -> c.onPredictStart(trainer, module), LevinModule::onPredictStart);
    for (int i = 0; i < loaders.size(); i++) {
      int loaderIndex = i;
      long batches = trainer.limits().evaluationBatches(loaders.get(i), LIMIT_PREDICT_BATCHES);
      Shares shares = new Shares(trainer, loaders.get(i));
      try (BatchStream stream = trainer.orderedStream(loaders.get(i))) {
        for (int index = 0; index < batches && goesOn(); index++) {
          int batchIndex = index;
          try (Batch next = stream.next()) {
            NDList kept =
                steps.run(
                    next.data(), false, "predictStep", b -> module.predictStep(b, batchIndex));
            trainer.endStep();
            predictions.add(shares.together(here(kept), batchIndex));
            hooks.call(
                c -> c.onPredictBatchEnd(trainer, module, next.data(), batchIndex, loaderIndex));
          }
        }
      }
    }
    hooks.call(c -> c.onPredictEnd(trainer, module), LevinModule::onPredictEnd);
    network.unite();
    return predictions;
  }

  private boolean goesOn() {
    trainer.agreeOnEnd();
    return !trainer.isInterrupted();
  }

  /** Predictions of their own, in the host's memory: they outlast the step, and may the device. */
  private static NDList here(NDList outputs) {
    NDList kept = new NDList(outputs.size());
    for (NDArray output : outputs) {
      if (Transfer.isDirect(output.getDevice())) {
        kept.add(output);
      } else {
        try (NDManager host = NDManager.newBaseManager(Device.cpu())) {
          NDArray copy = Transfer.to(host, output);
          copy.detach();
          kept.add(copy);
        }
      }
    }
    kept.detach();
    return kept;
  }
}
