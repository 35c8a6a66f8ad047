package io.levin.cluster.gloo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.levin.collective.CollectiveException;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.collective.Rendezvous;
import java.time.Duration;

/** What ranks do when something goes wrong. Each fault has its own exception on every rank. */
final class Faults {
  private static final Duration SHORT = Duration.ofSeconds(3);

  private Faults() {}

  static void run(String name, Member member) throws Exception {
    switch (name) {
      case "reduce" -> member.joined(Faults::reduceForever);
      case "reduce-briefly" -> member.within(SHORT).joined(Faults::reduceForever);
      case "meet-again" -> meetAgain(member);
      case "join" -> member.within(SHORT).joined((group, manager) -> Member.say("met"));
      case "join-and-wait" -> member.joined((group, manager) -> group.barrier());
      case "old" -> member.within(SHORT).generation(1).joined((group, manager) -> {});
      case "new" -> member.within(SHORT).generation(2).joined((group, manager) -> {});
      case "shapes" -> member.joined(Faults::shapes);
      case "crossed" -> member.within(SHORT).joined(Faults::crossed);
      case "hang" -> member.within(SHORT).joined(Faults::hang);
      default -> throw new IllegalArgumentException(name);
    }
  }

  private static void reduceForever(ProcessGroup group, NDManager manager) {
    NDArray array = manager.zeros(new Shape(4 << 20));
    for (int i = 0; ; i++) {
      group.allReduce(array, Reduction.SUM);
      if (i == 2) {
        Member.say("reducing");
      }
    }
  }

  /** The ranks that are left go on, in a group of their own. */
  private static void meetAgain(Member member) throws Exception {
    try {
      member.joined(Faults::reduceForever);
    } catch (CollectiveException e) {
      Member.report(e);
      Rendezvous where = member.where;
      int left = where.worldSize() - 1;
      int rank = where.rank() > e.peers().get(0) ? where.rank() - 1 : where.rank();
      Rendezvous anew =
          new Rendezvous(where.address(), where.port(), rank, left, 1, where.timeout());
      try (ProcessGroup group = member.groups.join(anew);
          NDManager manager = NDManager.newBaseManager()) {
        NDArray array = manager.ones(new Shape(3));
        group.allReduce(array, Reduction.SUM);
        assertThat(array.toFloatArray()).containsOnly(left);
        Member.say("all good");
      }
    }
  }

  private static void shapes(ProcessGroup group, NDManager manager) {
    NDArray common = manager.ones(new Shape(4));
    group.allReduce(common, Reduction.SUM);
    NDArray longer = manager.ones(new Shape(group.rank() == 1 ? 8 : 4, 2));
    expect(() -> group.allReduce(longer, Reduction.SUM));
    NDArray wider =
        manager.ones(new Shape(6), group.rank() == 1 ? DataType.FLOAT64 : DataType.FLOAT32);
    expect(() -> group.allReduce(wider, Reduction.SUM));
    expect(() -> group.broadcast(wider, 0));
    expect(() -> group.allGather(wider));
    // One rank in another operation altogether.
    expect(
        () -> {
          if (group.rank() == 1) {
            group.broadcast(manager.ones(new Shape(7)), 0);
          } else {
            group.allReduce(manager.ones(new Shape(7)), Reduction.MAX);
          }
        });
    group.allReduce(common, Reduction.SUM); // the group is as good as before
    assertThat(common.toFloatArray()).containsOnly(group.size() * group.size());
    Member.say("all good");
  }

  private static void expect(Runnable call) {
    try {
      call.run();
      throw new AssertionError("The ranks differed, and nothing happened.");
    } catch (CollectiveException e) {
      assertThat(e.isFatal()).isFalse();
      assertThat(e.peers()).containsExactly(1);
      Member.report(e);
    }
  }

  /** Calls that were agreed on before, but now not the same on all ranks. */
  private static void crossed(ProcessGroup group, NDManager manager) {
    NDArray small = manager.ones(new Shape(4));
    NDArray large = manager.ones(new Shape(1 << 20));
    group.allReduce(small, Reduction.SUM);
    group.allReduce(large, Reduction.SUM);
    group.allReduce(group.rank() == 1 ? large : small, Reduction.SUM);
  }

  private static void hang(ProcessGroup group, NDManager manager) throws InterruptedException {
    NDArray array = manager.ones(new Shape(1000));
    group.allReduce(array, Reduction.SUM);
    if (group.rank() == 1) {
      Thread.sleep(600_000);
    }
    group.allReduce(array, Reduction.SUM);
  }
}
