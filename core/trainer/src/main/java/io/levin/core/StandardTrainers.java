package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;

import ai.djl.pytorch.jni.JniUtils;
import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.callback.builtin.BuiltinCallbacks;
import io.levin.checkpoint.CheckpointIO;
import io.levin.collective.ProcessGroups;
import io.levin.core.planner.Offered;
import io.levin.core.planner.Planner;
import io.levin.logger.Logger;
import io.levin.logger.builtin.BuiltinLoggers;
import io.levin.plan.Offer;
import io.levin.plan.Plan;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import io.levin.torch.Anomaly;
import io.levin.torch.Determinism;
import io.levin.trainer.Trainer;
import io.levin.trainer.Trainers;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes Trainers of whatever offers there are at the time of asking. Thread-safe. */
public final class StandardTrainers implements Trainers {
  private final Supplier<List<Offered>> offers;
  private final Supplier<List<CheckpointIO>> formats;
  private final Supplier<Optional<ProcessGroups>> groups;
  private final Function<Trainer, Runnable> opened;

  /** Of the runs that go on, as far as they have not been forgotten by everybody. */
  private final Set<Parts> open =
      Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

  public StandardTrainers(Supplier<List<Offered>> offers) {
    this(offers, List::of);
  }

  /**
   * @param formats of checkpoints that can be read beside the plan's own
   */
  public StandardTrainers(Supplier<List<Offered>> offers, Supplier<List<CheckpointIO>> formats) {
    this(offers, formats, Optional::empty, trainer -> () -> {});
  }

  /**
   * @param formats of checkpoints that can be read beside the plan's own
   * @param groups what brings the processes of a run together, if anything does
   */
  public StandardTrainers(
      Supplier<List<Offered>> offers,
      Supplier<List<CheckpointIO>> formats,
      Supplier<Optional<ProcessGroups>> groups) {
    this(offers, formats, groups, trainer -> () -> {});
  }

  /**
   * @param opened told of every Trainer; what it gives back is run when that one is closed
   */
  StandardTrainers(
      Supplier<List<Offered>> offers,
      Supplier<List<CheckpointIO>> formats,
      Supplier<Optional<ProcessGroups>> groups,
      Function<Trainer, Runnable> opened) {
    this.groups = groups;
    this.offers = offers;
    this.formats = formats;
    this.opened = opened;
  }

  /** Offers have come. */
  void arrived() {
    open().forEach(parts -> parts.slot().arrived());
  }

  /** An offer has gone; waits for the calls of its part that are under way. */
  void withdrawn(Offer<?> offer) {
    open().forEach(parts -> parts.withdrawn(offer));
  }

  private List<Parts> open() {
    synchronized (open) {
      return List.copyOf(open);
    }
  }

  @Override
  public PlanReport plan(Arguments arguments, Surroundings surroundings) {
    return new Planner(offers.get()).plan(arguments, surroundings);
  }

  @Override
  public Trainer create(Arguments arguments, Surroundings surroundings, List<Callback> callbacks) {
    PlanReport report = plan(arguments, surroundings);
    Plan plan = report.orThrow();
    new Limits(arguments, 1);
    List<Callback> all = new ArrayList<>(callbacks);
    all.addAll(BuiltinCallbacks.of(arguments, callbacks));
    List<Logger> loggers = arguments.get(FAST_DEV_RUN) > 0 ? List.of() : BuiltinLoggers.of(plan);
    EngineStart.run();
    switches(arguments);
    BackendChoice backends = new BackendChoice(offers, arguments, surroundings);
    Parts parts = Parts.of(plan, backends, surroundings, formats, groups.get());
    open.add(parts);
    parts.whenClosed(() -> open.remove(parts));
    int threads = parts.accelerator().threads();
    if (threads > 0) {
      JniUtils.setNumThreads(threads);
    }
    Long seed = arguments.get(SEED);
    // Kept small enough for every engine's seed, and said in summary.json, so a run can be
    // repeated.
    long drawn = seed != null ? seed : new SecureRandom().nextInt(Integer.MAX_VALUE);
    try {
      String chosen = OneForAll.text(parts.strategy(), "seed", () -> Long.toString(drawn));
      Requeue requeue = new Requeue(parts.job(), report.decisions());
      Trainer trainer =
          new DefaultTrainer(plan, parts, requeue, all, loggers, Long.parseLong(chosen));
      parts.whenClosed(opened.apply(trainer));
      return trainer;
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** What holds for the whole process: the newest Trainer decides. */
  private static void switches(Arguments arguments) {
    boolean deterministic = arguments.get(DETERMINISTIC);
    boolean watches = arguments.get(DETECT_ANOMALY);
    if ((deterministic && !Determinism.isAvailable()) || (watches && !Anomaly.isAvailable())) {
      throw LevinException.environment(
          "This platform's libtorch has no switch for deterministic and detect-anomaly that Levin"
              + " can reach.",
          "Leave them out, or run on Linux x86-64.");
    }
    if (Determinism.isAvailable()) {
      Determinism.require(deterministic);
    }
    Anomaly.detect(watches);
  }
}
