package io.levin.cluster.gloo;

import io.levin.torch.NativeFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out, after a failure, which ranks have failed in the same call, which in another, and which
 * are silent: Gloo itself only knows that a connection broke.
 */
final class RollCall {
  /** How long others may take to notice a connection that broke. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How much later than this rank others may have come into a call that took too long. */
  private static final Duration LEAST_SKEW = Duration.ofSeconds(5);

  private static final Duration MOST_SKEW = Duration.ofSeconds(15);

  private final Members members;
  private final int rank;

  RollCall(Members members, int rank) {
    this.members = members;
    this.rank = rank;
  }

  /** What is known of a failure: as a sentence, and the ranks at fault. */
  record Finding(String text, List<Integer> peers) {}

  /**
   * Tells the others, and hears them.
   *
   * @param call what this rank was doing
   * @param reason what went wrong here
   */
  Finding run(String call, String reason) {
    Optional<Finding> finding;
    Duration patience = reason.startsWith("Timed out") ? skew() : PATIENCE;
    try {
      finding =
          Bounded.call(
              "levin-roll-call-" + rank,
              patience.plusSeconds(2),
              () -> {
                members.store().set(key(rank), call);
                return listen(call, reason, Deadline.after(patience));
              });
      if (finding.isEmpty()) {
        members.store().abandon(); // a thread is in it for good
      }
    } catch (NativeFailure e) {
      finding = Optional.empty();
    }
    return finding.orElseGet(
        () ->
            new Finding(
                rank == 0 ? reason + "." : "rank 0 is gone (%s).".formatted(reason),
                rank == 0 ? List.of() : List.of(0)));
  }

  private Duration skew() {
    Duration timeout = members.timeout();
    if (timeout.compareTo(LEAST_SKEW) < 0) {
      return LEAST_SKEW;
    }
    return timeout.compareTo(MOST_SKEW) < 0 ? timeout : MOST_SKEW;
  }

  private Finding listen(String call, String reason, Deadline deadline) {
    List<Integer> silent = new ArrayList<>();
    List<Integer> elsewhere = new ArrayList<>();
    StringBuilder others = new StringBuilder();
    for (int peer = 0; peer < members.size(); peer++) {
      Optional<String> theirs = peer == rank ? Optional.of(call) : heard(peer, deadline);
      int world = members.ranks().get(peer);
      if (theirs.isEmpty()) {
        silent.add(world);
      } else if (!theirs.get().equals(call)) {
        elsewhere.add(world);
        others.append("; rank %d is in %s".formatted(world, theirs.get()));
      }
    }
    if (!silent.isEmpty()) {
      return new Finding(
          "%s %s gone, or not in this call (%s)%s."
              .formatted(Ranks.listed(silent), silent.size() == 1 ? "is" : "are", reason, others),
          silent);
    }
    return elsewhere.isEmpty()
        ? new Finding(reason + ".", List.of())
        : new Finding(
            "the ranks make different calls; this one is in %s%s (%s)."
                .formatted(call, others, reason),
            elsewhere);
  }

  private Optional<String> heard(int peer, Deadline deadline) {
    return members.store().get(key(peer), deadline.left());
  }

  private String key(int peer) {
    return "%s/failed/%d".formatted(members.prefix(), peer);
  }
}
