package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;

import io.levin.arguments.Arguments;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizers;
import io.levin.precision.ClipAlgorithm;
import io.levin.precision.Gradients;
import io.levin.precision.PrecisionPlugin;
import io.levin.trainer.FitResult;
import io.levin.trainer.Trainer.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One fit: makes everything in Lightning's order, restores, trains, and sums up. */
final class Fit {
  private final DefaultTrainer trainer;
  private final LevinModule module;
  private final DataModule data;

  Fit(DefaultTrainer trainer, LevinModule module, DataModule data) {
    this.trainer = trainer;
    this.module = module;
    this.data = data;
  }

  FitResult run() {
    long start = System.nanoTime();
    Arguments arguments = trainer.arguments();
    Limits limits = trainer.limits();
    PrecisionPlugin precision = trainer.precision();
    data.setup();
    Loader train = limits.train(data);
    trainer.accelerator().check(module);
    Network network =
        new Network(
            module,
            precision,
            trainer.manager(),
            new StateDictNames(trainer.arguments().get(STATE_DICT_NAMES)));
    Gradients gradients = new TorchGradients(trainer.manager(), trainer.strategy());
    RunContext context = new RunContext(trainer, network, gradients);
    module.attach(context);
    Hooks hooks = new Hooks(trainer.callbacks(), module);
    Path source =
        OneForAll.path(trainer.strategy(), "ckpt-path", new CheckpointPath(trainer)::forFit);
    CheckpointFiles.Saved file = source == null ? null : trainer.parts().checkpoints().load(source);
    Map<String, Object> saved = file == null ? null : file.tree();
    try {
      if (saved != null) {
        SavedWeights.into(network, saved, source.toString());
      }
      SameOnAllRanks.check(trainer, network, train);
      network.divide(trainer.strategy());
      Optimizers configured = module.configureOptimizers();
      precision.connect(module, configured.optimizers());
      FitParts parts =
          new FitParts(
              trainer.plan(),
              module,
              network,
              new ModelSteps(module, precision),
              hooks,
              new Autograd(trainer.manager()),
              precision,
              trainer.strategy(),
              gradients,
              configured.optimizers(),
              new Schedules(configured.schedulers()),
              limits,
              arguments.get(GRADIENT_CLIP_VAL) == null ? 0 : arguments.get(GRADIENT_CLIP_VAL),
              ClipAlgorithm.valueOf(
                  arguments.get(GRADIENT_CLIP_ALGORITHM).toUpperCase(java.util.Locale.ROOT)));
      trainer.use(parts);
      trainer.strategy().connect(module, configured.optimizers());
      CheckpointTree tree = new CheckpointTree(trainer, parts);
      if (saved != null) {
        tree.restoreCallbacks(saved);
      }
      List<Loader> validation = limits.validation(data);
      long[] validationBatches =
          validation.stream()
              .mapToLong(loader -> limits.evaluationBatches(loader, LIMIT_VAL_BATCHES))
              .toArray();
      trainer.counts(limits.trainBatches(train), java.util.Arrays.stream(validationBatches).sum());
      FitLoop.batches(trainer);
      trainer.startLoggers(module.hyperParameters());
      hooks.call(c -> c.onFitStart(trainer, module), LevinModule::onFitStart);
      if (saved != null) {
        tree.restoreTraining(saved, source.toString());
      }
      ManualOptimization manual =
          module.automaticOptimization() ? null : new ManualOptimization(trainer, parts);
      context.optimizers(manual == null ? configured.optimizers() : manual.optimizers());
      context.manualBackward(manual == null ? null : manual::backward);
      EvaluationLoop evaluation =
          java.util.Arrays.stream(validationBatches).sum() == 0
              ? null
              : evaluation(hooks, parts, validation, validationBatches);
      if (saved == null) {
        sanityCheck(hooks, parts, validation);
      } else {
        file.close();
        file = null;
      }
      if (saved == null) {
        trainer.ownRandomNumbers();
      }
      trainer.enter(State.TRAINING);
      new FitLoop(trainer, parts, new TrainingEpoch(trainer, parts, train, evaluation, manual))
          .run();
      interruptedCheckpoint();
      trainer.checkpoints().finish();
      trainer.enter(State.IDLE);
      hooks.call(c -> c.onFitEnd(trainer, module), LevinModule::onFitEnd);
      network.unite();
    } finally {
      if (file != null) {
        file.close();
      }
    }
    return Summary.write(trainer, "fit", (System.nanoTime() - start) / 1e9);
  }

  private EvaluationLoop evaluation(
      Hooks hooks, FitParts parts, List<Loader> loaders, long[] batches) {
    return new EvaluationLoop(trainer, module, hooks, parts.steps(), loaders, batches, false);
  }

  private void sanityCheck(Hooks hooks, FitParts parts, List<Loader> loaders) {
    long[] batches =
        loaders.stream().mapToLong(loader -> trainer.limits().sanityBatches(loader)).toArray();
    if (java.util.Arrays.stream(batches).sum() == 0) {
      return;
    }
    Object random = trainer.randomState();
    trainer.enter(State.SANITY_CHECKING);
    hooks.call(c -> c.onSanityCheckStart(trainer, module));
    evaluation(hooks, parts, loaders, batches).run();
    hooks.call(c -> c.onSanityCheckEnd(trainer, module));
    trainer.evaluationMetrics().forget();
    trainer.randomState(random);
  }

  /** A run that is told to end keeps where it is, so that it can go on. */
  private void interruptedCheckpoint() {
    boolean keeps = trainer.arguments().get(ENABLE_CHECKPOINTING);
    if (trainer.isInterrupted() && keeps && !trainer.isKept()) {
      trainer.saveCheckpoint(
          trainer.checkpointDirectory().resolve("interrupted" + trainer.checkpointSuffix()), false);
    }
  }
}
