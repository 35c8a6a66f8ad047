package io.levin.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.levin.LevinException;
import io.levin.arguments.TrainerArguments;
import io.levin.collective.CollectiveException;
import io.levin.collective.Exchange;
import io.levin.collective.ProcessGroup;
import io.levin.data.Loader;
import io.levin.optim.NamedArray;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares, before the first step, what must not differ between the processes of a run: model, data
 * and the arguments that decide on the number of steps. A difference fails on every rank.
 */
final class SameOnAllRanks {
  private SameOnAllRanks() {}

  static void check(DefaultTrainer trainer, Network network, Loader train) {
    ProcessGroup ranks = trainer.strategy().group();
    if (ranks.size() > 1) {
      compare(ranks, facts(trainer, network, train));
    }
  }

  private static List<String> facts(DefaultTrainer trainer, Network network, Loader train) {
    List<String> facts = new ArrayList<>();
    facts.add("%d training samples".formatted(train.dataset().size()));
    facts.add("batches of %d".formatted(train.batchSize()));
    facts.add("%d batches an epoch".formatted(trainer.limits().trainBatches(train)));
    facts.add("accumulate-grad-batches %d".formatted(trainer.limits().accumulate));
    facts.add("max-epochs %d".formatted(trainer.maxEpochs()));
    facts.add("max-steps %d".formatted(trainer.maxSteps()));
    facts.add("precision %s".formatted(trainer.plan().precision()));
    facts.add("strategy %s".formatted(trainer.strategy().name()));
    facts.add(
        "gradient-clip-val %s"
            .formatted(trainer.arguments().get(TrainerArguments.GRADIENT_CLIP_VAL)));
    List<NamedArray> parameters = network.parameters();
    facts.add("%d parameters".formatted(parameters.size()));
    for (NamedArray parameter : parameters) {
      facts.add(
          "parameter %s of %s%s"
              .formatted(
                  parameter.name(),
                  parameter.array().getDataType().toString().toLowerCase(java.util.Locale.ROOT),
                  parameter.array().getShape()));
    }
    return facts;
  }

  private static void compare(ProcessGroup ranks, List<String> facts) {
    byte[] own = digest(String.join("\n", facts));
    boolean differs =
        Exchange.gather(ranks, own).stream().anyMatch(theirs -> !Arrays.equals(theirs, own));
    // All ranks see the same digests, but each asks whether its own is among others.
    if (!Exchange.any(ranks, differs)) {
      return;
    }
    List<List<String>> all =
        Exchange.gather(ranks, String.join("\n", facts)).stream()
            .map(text -> text.lines().toList())
            .toList();
    Set<Integer> odd = new LinkedHashSet<>();
    String what = "";
    for (int rank = 1; rank < all.size(); rank++) {
      if (!all.get(rank).equals(all.get(0))) {
        what = odd.isEmpty() ? difference(all.get(0), rank, all.get(rank)) : what;
        odd.add(rank);
      }
    }
    throw new CollectiveException(
        LevinException.Kind.USER,
        ranks.rank(),
        "start of training",
        List.copyOf(odd),
        false,
        "the ranks do not train the same: " + what + ".",
        "Give all ranks the same model, data, arguments and files.");
  }

  private static String difference(List<String> zero, int rank, List<String> theirs) {
    for (int i = 0; i < Math.min(zero.size(), theirs.size()); i++) {
      if (!zero.get(i).equals(theirs.get(i))) {
        return "rank 0 has %s, and rank %d has %s".formatted(zero.get(i), rank, theirs.get(i));
      }
    }
    return "ranks 0 and %d have different numbers of parameters".formatted(rank);
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
