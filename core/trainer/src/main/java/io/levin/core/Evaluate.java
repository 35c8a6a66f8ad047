package io.levin.core;

import static io.levin.arguments.TrainerArguments.LIMIT_TEST_BATCHES;
import static io.levin.arguments.TrainerArguments.LIMIT_VAL_BATCHES;
import static io.levin.arguments.TrainerArguments.STATE_DICT_NAMES;

import io.levin.MisconfigurationException;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import io.levin.module.LevinModule;
import io.levin.trainer.Trainer.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Validation or test on its own, with weights from a checkpoint where one is given. */
final class Evaluate {
  private final DefaultTrainer trainer;
  private final LevinModule module;
  private final DataModule data;

  Evaluate(DefaultTrainer trainer, LevinModule module, DataModule data) {
    this.trainer = trainer;
    this.module = module;
    this.data = data;
  }

  Map<String, Double> run(boolean isTest) {
    long start = System.nanoTime();
    data.setup();
    List<Loader> loaders = isTest ? data.test() : data.validation();
    if (loaders.isEmpty()) {
      String what = isTest ? "test" : "validation";
      throw new MisconfigurationException(
          "%s has no %s data.".formatted(data.getClass().getSimpleName(), what),
          "Override %s() of the data module.".formatted(what));
    }
    Network network = attach(trainer, module);
    Limits limits = trainer.limits();
    long[] batches =
        loaders.stream()
            .mapToLong(
                l -> limits.evaluationBatches(l, isTest ? LIMIT_TEST_BATCHES : LIMIT_VAL_BATCHES))
            .toArray();
    trainer.counts(0, java.util.Arrays.stream(batches).sum());
    trainer.startLoggers(module.hyperParameters());
    trainer.enter(isTest ? State.TESTING : State.VALIDATING);
    Map<String, Double> means =
        new EvaluationLoop(
                trainer,
                module,
                new Hooks(trainer.callbacks(), module),
                new ModelSteps(module, trainer.precision()),
                loaders,
                batches,
                isTest)
            .run();
    network.unite();
    Summary.write(trainer, isTest ? "test" : "validate", (System.nanoTime() - start) / 1e9);
    return means;
  }

  /** Makes the network and loads weights as {@code ckpt-path} says. */
  static Network attach(DefaultTrainer trainer, LevinModule module) {
    trainer.accelerator().check(module);
    Network network =
        new Network(
            module,
            trainer.precision(),
            trainer.manager(),
            new StateDictNames(trainer.arguments().get(STATE_DICT_NAMES)));
    module.attach(
        new RunContext(
            trainer, network, new TorchGradients(trainer.manager(), trainer.strategy())));
    Path source =
        OneForAll.path(trainer.strategy(), "ckpt-path", new CheckpointPath(trainer)::forWeights);
    if (source != null) {
      try (CheckpointFiles.Saved saved = trainer.parts().checkpoints().loadWeights(source)) {
        SavedWeights.into(network, saved.tree(), source.toString());
      }
    }
    network.divide(trainer.strategy());
    trainer.precision().connect(module, List.of());
    return network;
  }
}
