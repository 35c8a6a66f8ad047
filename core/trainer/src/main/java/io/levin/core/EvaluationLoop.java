package io.levin.core;

import ai.djl.ndarray.NDList;
import io.levin.callback.Callback;
import io.levin.data.Loader;
import io.levin.module.LevinModule;
import io.levin.trainer.Trainer.State;
import java.util.List;
import java.util.Map;

/** One pass over validation or test data. */
final class EvaluationLoop {
  private final DefaultTrainer trainer;
  private final LevinModule module;
  private final Hooks hooks;
  private final ModelSteps steps;
  private final List<Loader> loaders;
  private final long[] batches;
  private final boolean isTest;

  EvaluationLoop(
      DefaultTrainer trainer,
      LevinModule module,
      Hooks hooks,
      ModelSteps steps,
      List<Loader> loaders,
      long[] batches,
      boolean isTest) {
    this.trainer = trainer;
    this.module = module;
    this.hooks = hooks;
    this.steps = steps;
    this.loaders = loaders;
    this.batches = batches;
    this.isTest = isTest;
  }

  /** Runs all batches; gives the means of what the steps logged. */
  Map<String, Double> run() {
    State before = trainer.enter(isTest ? State.TESTING : sanityOr(State.VALIDATING));
    try {
      return evaluate();
    } finally {
      trainer.enter(before);
    }
  }

  private State sanityOr(State state) {
    return trainer.state() == State.SANITY_CHECKING ? State.SANITY_CHECKING : state;
  }

  private Map<String, Double> evaluate() {
    start();
    MetricStore metrics = trainer.evaluationMetrics();
    for (int i = 0; i < loaders.size(); i++) {
      try (BatchStream stream = trainer.orderedStream(loaders.get(i))) {
        for (int batch = 0; batch < batches[i] && goesOn(); batch++) {
          one(stream, batch, i, metrics);
        }
      }
    }
    Map<String, Double> means = metrics.endEpoch();
    if (trainer.state() != State.SANITY_CHECKING) {
      means.forEach(trainer.metrics()::put);
      if (!means.isEmpty()) {
        trainer.write(means);
      }
    }
    end();
    return means;
  }

  private boolean goesOn() {
    trainer.agreeOnEnd();
    return !trainer.isInterrupted();
  }

  private void one(BatchStream stream, int batchIndex, int loaderIndex, MetricStore metrics) {
    try (Batch next = stream.next()) {
      NDList batch = module.onAfterBatchTransfer(module.onBeforeBatchTransfer(next.data()));
      metrics.enter(false, next.size());
      if (!isTest) {
        hooks.call(
            c -> c.onValidationBatchStart(trainer, module, batch, batchIndex, loaderIndex),
            m -> m.onValidationBatchStart(batch, batchIndex, loaderIndex));
      }
      steps.run(
          batch,
          false,
          isTest ? "testStep" : "validationStep",
          b -> {
            if (isTest) {
              module.testStep(b, batchIndex);
            } else {
              module.validationStep(b, batchIndex);
            }
            return null;
          });
      trainer.endStep();
      metrics.settle();
      if (isTest) {
        hooks.call(c -> c.onTestBatchEnd(trainer, module, batch, batchIndex, loaderIndex));
      } else {
        hooks.call(
            c -> c.onValidationBatchEnd(trainer, module, batch, batchIndex, loaderIndex),
            m -> m.onValidationBatchEnd(batch, batchIndex, loaderIndex));
      }
    }
  }

  private void start() {
    if (isTest) {
      hooks.call(c -> c.onTestStart(trainer, module), LevinModule::onTestStart);
      module.onTestEpochStart();
    } else {
      hooks.call(c -> c.onValidationStart(trainer, module), LevinModule::onValidationStart);
      hooks.call(
          (Callback c) -> c.onValidationEpochStart(trainer, module),
          LevinModule::onValidationEpochStart);
    }
  }

  private void end() {
    if (isTest) {
      module.onTestEpochEnd();
      hooks.call(c -> c.onTestEnd(trainer, module), LevinModule::onTestEnd);
    } else {
      hooks.call(c -> c.onValidationEpochEnd(trainer, module), LevinModule::onValidationEpochEnd);
      // The module first: callbacks that keep checkpoints come last of all.
      module.onValidationEnd();
      hooks.call(c -> c.onValidationEnd(trainer, module));
    }
  }
}
