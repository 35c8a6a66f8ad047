package io.levin.cluster.gloo;

import io.levin.collective.Rendezvous;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who has come to a meeting, before anybody connects. Rank 0 looks at everyone and gives one
 * verdict, which all ranks that came hear.
 */
final class CheckIn {
  /** How much longer than rank 0 the others wait, so that they hear its verdict on who is late. */
  static final Duration GRACE = Duration.ofSeconds(3);

  private static final Duration MOMENT = Duration.ofMillis(1);

  private final Store store;
  private final Rendezvous where;
  private final Deadline deadline;
  private final RankZero zero;

  CheckIn(Store store, Rendezvous where, Deadline deadline, RankZero zero) {
    this.zero = zero;
    this.store = store;
    this.where = where;
    this.deadline = deadline;
  }

  /**
   * Returns on all ranks, or throws on all that came.
   *
   * @throws Refusal when they do not come together
   */
  void run() {
    if (where.rank() == 0) {
      lead();
    } else {
      follow();
    }
  }

  private void lead() {
    Optional<Refusal> refusal = look();
    store.set("verdict", refusal.map(Refusal::text).orElse(""));
    if (refusal.isPresent()) {
      Deadline farewell = Deadline.after(GRACE);
      for (int rank = 1; rank < where.worldSize(); rank++) {
        if (!refusal.get().peers().contains(rank) || isHere(rank)) {
          store.get("heard/" + rank, farewell.left());
        }
      }
      throw refusal.get();
    }
  }

  private Optional<Refusal> look() {
    List<Integer> late = new ArrayList<>();
    for (int rank = 1; rank < where.worldSize(); rank++) {
      Optional<String> size = store.get("size/" + rank, deadline.left());
      if (size.isEmpty()) {
        late.add(rank);
      } else if (!size.get().equals(Integer.toString(where.worldSize()))) {
        return Optional.of(otherSize(rank, size.get(), where.worldSize()));
      }
    }
    return late.isEmpty() ? Optional.empty() : Optional.of(tooLate(late));
  }

  private void follow() {
    int me = where.rank();
    String[] job = store.get("job", deadline.left()).orElseThrow(this::noVerdict).split(" ");
    int generation = Integer.parseInt(job[0]);
    if (generation != where.generation()) {
      store.set("elsewhere/" + me, Integer.toString(where.generation()));
      throw zero.otherGeneration(generation);
    }
    if (me < Integer.parseInt(job[1]) && store.add("came/" + me, 1) > 1) {
      throw new Refusal("another process came as rank %d before.".formatted(me), List.of(me));
    }
    store.set("size/" + me, Integer.toString(where.worldSize()));
    if (Integer.parseInt(job[1]) != where.worldSize()) {
      throw otherSize(me, Integer.toString(where.worldSize()), Integer.parseInt(job[1]));
    }
    String verdict = store.get("verdict", deadline.left().plus(GRACE)).orElseThrow(this::noVerdict);
    store.set("heard/" + me, "");
    if (!verdict.isEmpty()) {
      throw Refusal.of(verdict);
    }
  }

  private boolean isHere(int rank) {
    return store.get("size/" + rank, MOMENT).isPresent();
  }

  private static Refusal otherSize(int rank, String size, int sizeOfRankZero) {
    return new Refusal(
        "rank 0 was started as one of %d processes, and rank %d as one of %s."
            .formatted(sizeOfRankZero, rank, size),
        List.of(rank));
  }

  private Refusal tooLate(List<Integer> late) {
    StringBuilder text = new StringBuilder();
    text.append(Ranks.listed(late))
        .append(" did not come within ")
        .append(Deadline.shown(where.timeout()));
    for (int rank = 1; rank < where.worldSize(); rank++) {
      long times = store.add("came/" + rank, 0);
      Optional<String> generation = store.get("elsewhere/" + rank, MOMENT);
      if (times > 1) {
        text.append("; %d processes came as rank %d".formatted(times, rank));
      }
      if (generation.isPresent() && late.contains(rank)) {
        text.append("; a rank %d of generation %s was here".formatted(rank, generation.get()));
      }
    }
    return new Refusal(text.append('.').toString(), late);
  }

  private Refusal noVerdict() {
    return new Refusal(
        "rank 0 did not say within %s whether all have come."
            .formatted(Deadline.shown(where.timeout())),
        List.of(0));
  }
}
