package io.levin.it.cluster;

import static io.levin.arguments.TrainerArguments.ACCUMULATE_GRAD_BATCHES;
import static io.levin.arguments.TrainerArguments.CKPT_PATH;
import static io.levin.arguments.TrainerArguments.ENABLE_CHECKPOINTING;
import static io.levin.arguments.TrainerArguments.MAX_EPOCHS;
import static io.levin.arguments.TrainerArguments.MAX_STEPS;
import static io.levin.arguments.TrainerArguments.PLUGINS;
import static io.levin.arguments.TrainerArguments.PRECISION;
import static io.levin.arguments.TrainerArguments.SEED;
import static io.levin.arguments.TrainerArguments.STRATEGY;

import ai.djl.ndarray.NDList;
import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.callback.Callback;
import io.levin.collective.CollectiveException;
import io.levin.module.LevinModule;
import io.levin.plan.Surroundings;
import io.levin.trainer.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What ranks do, by name. */
final class Scenarios {
  private Scenarios() {}

  static void run(String name, Rank rank) throws Exception {
    switch (name) {
      case "golden" -> rank.arguments.forEach(run -> golden(rank, run));
      case "long" ->
          fit(rank, new Net(8, false), arguments(rank).with(MAX_EPOCHS, 200).with(MAX_STEPS, 1000));
      case "resume" -> resume(rank);
      case "evaluate" -> evaluate(rank);
      case "throws" ->
          fit(rank, new Net(8, false).throwingAt(rank.rank == 1 ? 5 : -1), arguments(rank));
      case "models" -> fit(rank, new Net(8 + rank.rank, false), arguments(rank));
      case "data" -> fit(rank, new Net(8, false).rows(100 + rank.rank), arguments(rank));
      case "unused" ->
          fit(rank, new Net(8, true), arguments(rank).with(STRATEGY, rank.arguments.get(0)));
      case "network" -> network(rank);
      case "again" -> again(rank);
      default -> throw new IllegalArgumentException(name);
    }
  }

  private static Arguments arguments(Rank rank) {
    return rank.quiet().with(MAX_EPOCHS, 4).with(SEED, 3L).with(ENABLE_CHECKPOINTING, false);
  }

  /** Trains, and says what became of the weights. */
  private static void fit(Rank rank, Net net, Arguments arguments) {
    try (Trainer trainer = trainer(rank, arguments)) {
      trainer.fit(net, net.data());
      Rank.say("weights", net.fingerprint());
      Rank.say("steps", trainer.globalStep());
    }
  }

  private static Trainer trainer(Rank rank, Arguments arguments, Callback... callbacks) {
    return rank.levin.trainers().create(arguments, Surroundings.here(), List.of(callbacks));
  }

  private static void golden(Rank rank, String name) {
    GoldenRun run = GoldenRun.read(name);
    Arguments arguments =
        run.clipped(
            arguments(rank)
                .with(MAX_EPOCHS, 2)
                .with(PRECISION, run.precision())
                .with(ACCUMULATE_GRAD_BATCHES, run.accumulate()));
    try (Trainer trainer = trainer(rank, arguments, run.new Losses())) {
      trainer.fit(run.module(), run.data(rank.size));
    }
  }

  /** Four epochs at once and, with dropout, shuffling and a stop within an epoch, in two parts. */
  private static void resume(Rank rank) {
    Arguments whole = rank.quiet().with(MAX_EPOCHS, 4).with(SEED, 3L);
    fit(rank, new Net(8, false).dropping(), whole.with(ENABLE_CHECKPOINTING, false));
    fit(rank, new Net(8, false).dropping(), whole.with(MAX_STEPS, 17));
    fit(rank, new Net(8, false).dropping(), whole.with(CKPT_PATH, "last"));
  }

  /** As many samples as do not divide by ranks or batches: each must count once. */
  private static void evaluate(Rank rank) {
    Net net = new Net(8, false).rows(37);
    try (Trainer trainer = trainer(rank, arguments(rank))) {
      Rank.say("mean", trainer.validate(net, net.data()).get("val_mean"));
      int next = 0;
      for (NDList rows : trainer.predict(net, net.data())) {
        for (double value :
            rows.head().toType(ai.djl.ndarray.types.DataType.FLOAT64, true).toDoubleArray()) {
          if (value != next++) {
            throw new IllegalStateException("row " + (next - 1) + " is " + value);
          }
        }
      }
      Rank.say("rows", next);
    }
  }

  /** Trains until the network is cut, and once more when it is healed. */
  private static void network(Rank rank) throws Exception {
    Arguments patient =
        rank.quiet()
            .with(ENABLE_CHECKPOINTING, false)
            .with(SEED, 3L)
            .with(PLUGINS, List.of(PluginReference.parse("DDPStrategy:timeout=20")));
    Callback epochs =
        new Callback() {
          @Override
          public void onTrainEpochEnd(Trainer trainer, LevinModule module) {
            Rank.say("epoch", trainer.currentEpoch());
          }
        };
    Net net = new Net(8, false);
    try (Trainer trainer = trainer(rank, patient.with(MAX_EPOCHS, 1_000_000), epochs)) {
      trainer.fit(net, net.data());
    } catch (CollectiveException e) {
      Rank.say("cut", e.getMessage());
    }
    while (!Files.exists(Path.of(rank.arguments.get(0)))) {
      Thread.sleep(50);
    }
    fit(rank, new Net(8, false), arguments(rank));
  }

  /** Many fits in one process leave no threads and no files behind. */
  private static void again(Rank rank) throws Exception {
    int times = Integer.parseInt(rank.arguments.get(0));
    Usage before = null;
    for (int i = 0; i < times; i++) {
      fit(rank, new Net(8, false), arguments(rank).with(MAX_EPOCHS, 1));
      if (i == 2) {
        before = Usage.now();
      }
    }
    Rank.say("before", before);
    Rank.say("after", Usage.now());
  }
}
