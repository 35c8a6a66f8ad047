package io.levin.core;

import io.levin.LevinException;
import io.levin.MisconfigurationException;
import io.levin.callback.Callback;
import io.levin.optim.Optimizer;
import io.levin.optim.SchedulerConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a checkpoint holds, under Lightning's keys, and how a run is restored from it. Arrays in the
 * tree are the live ones: a tree is written before the next step.
 */
final class CheckpointTree {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointTree.class);

  /** The version whose layout is written; Python reads it to know what to expect. */
  private static final String LIGHTNING_LAYOUT = "1.6.5";

  private final DefaultTrainer trainer;
  private final FitParts parts;

  CheckpointTree(DefaultTrainer trainer, FitParts parts) {
    this.trainer = trainer;
    this.parts = parts;
  }

  Map<String, Object> build(boolean weightsOnly) {
    Progress progress = trainer.progress();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("epoch", (long) progress.epoch);
    tree.put("global_step", progress.globalStep);
    tree.put("pytorch-lightning_version", LIGHTNING_LAYOUT);
    tree.put("state_dict", parts.network().stateDict());
    tree.put("loops", LoopState.of(progress, trainer.trainBatches()));
    if (!weightsOnly) {
      tree.put("callbacks", callbacks());
      tree.put("optimizer_states", optimizers());
      tree.put("lr_schedulers", schedulers());
      Map<String, Object> precision = parts.precision().stateDict();
      if (!precision.isEmpty()) {
        tree.put(parts.precision().getClass().getSimpleName(), precision);
      }
    }
    Map<String, Object> hyperParameters = parts.module().hyperParameters();
    if (!hyperParameters.isEmpty()) {
      tree.put("hparams_name", "kwargs");
      tree.put("hyper_parameters", new LinkedHashMap<>(hyperParameters));
    }
    tree.put("levin", own(weightsOnly));
    if (!weightsOnly) {
      for (Callback callback : trainer.callbacks()) {
        callback.onSaveCheckpoint(trainer, parts.module(), tree);
      }
    }
    parts.module().onSaveCheckpoint(tree);
    return tree;
  }

  /** What only this Trainer needs, to continue with the same bits. */
  private Map<String, Object> own(boolean weightsOnly) {
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("progress", trainer.progress().state());
    own.put("seed", trainer.seed());
    own.put("precision_plugin", parts.precision().getClass().getSimpleName());
    own.put("precision", parts.plan().precision());
    own.put("emulated", parts.plan().emulated());
    if (!weightsOnly) {
      own.put("metrics", trainer.metrics().state());
      if (windowIsOpen()) {
        if (parts.strategy().sharding().isPresent()) {
          parts.strategy().afterBackward(true); // what is still whole comes to the parts
        }
        own.put("gradients", OpenWindow.state(parts.network()));
      }
      RandomStates.put(trainer, own);
    }
    return own;
  }

  private boolean windowIsOpen() {
    long done = trainer.progress().batchesDone;
    return parts.module().automaticOptimization()
        && done % parts.limits().accumulate != 0
        && done < trainer.trainBatches();
  }

  private Map<String, Object> callbacks() {
    Map<String, Object> states = new LinkedHashMap<>();
    for (Callback callback : trainer.callbacks()) {
      Map<String, Object> state = callback.stateDict();
      if (!state.isEmpty() && states.put(callback.stateKey(), state) != null) {
        throw new MisconfigurationException(
            "Two callbacks keep their state under '%s'.".formatted(callback.stateKey()),
            "Override stateKey so that it tells them apart.");
      }
    }
    return states;
  }

  private List<Object> optimizers() {
    List<Object> states = new ArrayList<>();
    PartStates partStates = new PartStates(parts.network());
    parts.optimizers().forEach(optimizer -> states.add(partStates.of(optimizer)));
    return states;
  }

  private List<Object> schedulers() {
    List<Object> states = new ArrayList<>();
    parts.schedules().configs().forEach(config -> states.add(config.scheduler().stateDict()));
    return states;
  }

  /** Callback states and the user's hook, before training starts. */
  void restoreCallbacks(Map<String, Object> tree) {
    parts.module().onLoadCheckpoint(tree);
    Map<String, Object> states = new LinkedHashMap<>(Plain.map(tree, "callbacks"));
    for (Callback callback : trainer.callbacks()) {
      callback.onLoadCheckpoint(trainer, parts.module(), tree);
      Object state = states.remove(callback.stateKey());
      if (state instanceof Map<?, ?>) {
        callback.loadStateDict(Plain.map(Map.of("state", state), "state"));
      }
    }
    if (!states.isEmpty()) {
      LOG.warn("the checkpoint has state of callbacks that this run has not: {}", states.keySet());
    }
  }

  /** Precision, loops, optimizers, schedules, metrics, random numbers: in Lightning's order. */
  void restoreTraining(Map<String, Object> tree, String source) {
    restorePrecision(tree);
    Map<String, Object> own = Plain.map(tree, "levin");
    if (own.containsKey("progress")) {
      trainer.progress().restore(Plain.map(own, "progress"));
    } else {
      LoopState.restore(tree, trainer.progress());
    }
    if (parts.limits().maxEpochs >= 0 && trainer.progress().epoch > parts.limits().maxEpochs) {
      throw new MisconfigurationException(
          "%s is at epoch %d, but max-epochs is %d."
              .formatted(source, trainer.progress().epoch, parts.limits().maxEpochs),
          "Raise --max-epochs.");
    }
    restoreOptimizers(tree, source);
    OpenWindow.restore(Plain.map(own, "gradients"), parts.network(), parts.autograd());
    trainer.metrics().restore(Plain.map(own, "metrics"));
    RandomStates.restore(own, trainer);
  }

  private void restorePrecision(Map<String, Object> tree) {
    String mine = parts.precision().getClass().getSimpleName();
    // The second key is that of Lightning before 1.6.
    String key = tree.containsKey(mine) ? mine : "native_amp_scaling_state";
    Map<String, Object> state = Plain.map(tree, key);
    if (!state.isEmpty()) {
      parts.precision().loadStateDict(state);
    } else if (parts.precision().skipsOverflow()) {
      LOG.warn("the checkpoint has no state of {}: its scaler starts afresh", mine);
    }
    Object theirs = Plain.map(tree, "levin").get("precision_plugin");
    if (theirs != null && !theirs.equals(mine)) {
      LOG.warn("the checkpoint was trained with {}, this run uses {}", theirs, mine);
    }
  }

  private void restoreOptimizers(Map<String, Object> tree, String source) {
    if (!tree.containsKey("optimizer_states")) {
      throw LevinException.user(
          "%s holds weights only: training cannot be resumed from it.".formatted(source),
          "Resume from a full checkpoint (save_weights_only off), or load it for validate, test or"
              + " predict.");
    }
    List<?> states = Plain.list(tree, "optimizer_states");
    List<Optimizer> optimizers = parts.optimizers();
    List<?> schedules = Plain.list(tree, "lr_schedulers");
    List<SchedulerConfig> configs = parts.schedules().configs();
    if (states.size() != optimizers.size() || schedules.size() != configs.size()) {
      throw LevinException.user(
          "%s has %d optimizer(s) and %d schedule(s), the module has %d and %d."
              .formatted(
                  source, states.size(), schedules.size(), optimizers.size(), configs.size()),
          "Give configureOptimizers what the checkpoint was trained with.");
    }
    for (int i = 0; i < states.size(); i++) {
      Map<String, Object> state = Plain.map(Map.of("state", states.get(i)), "state");
      Optimizer optimizer = optimizers.get(i);
      optimizer.loadStateDict(new PartStates(parts.network()).cut(optimizer, state));
    }
    for (int i = 0; i < configs.size(); i++) {
      configs
          .get(i)
          .scheduler()
          .loadStateDict(Plain.map(Map.of("state", schedules.get(i)), "state"));
    }
  }
}
