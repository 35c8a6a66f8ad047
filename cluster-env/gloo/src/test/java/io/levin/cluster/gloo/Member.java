package io.levin.cluster.gloo;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.levin.LevinException;
import io.levin.collective.CollectiveException;
import io.levin.collective.ProcessGroup;
import io.levin.collective.ProcessGroups;
import io.levin.collective.Rendezvous;
import java.time.Duration;

/** One rank of a scenario, as a program. */
public final class Member {
  static final int FAILED = 3;
  static final String FAILURE = "FAILURE ";

  final ProcessGroups groups = new GlooProcessGroups();
  final Rendezvous where;

  private Member(Rendezvous where) {
    this.where = where;
  }

  Member within(Duration timeout) {
    return new Member(where.within(timeout));
  }

  Member generation(int number) {
    return new Member(where.generation(number));
  }

  int rank() {
    return where.rank();
  }

  int size() {
    return where.worldSize();
  }

  /** What a scenario does in a group of all ranks. */
  interface Act {
    void on(ProcessGroup group, NDManager manager) throws Exception;
  }

  void joined(Act act) throws Exception {
    try (ProcessGroup group = groups.join(where)) {
      say("joined");
      try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
        act.on(group, manager);
      }
    }
  }

  static void say(String words) {
    System.out.println(words);
    System.out.flush();
  }

  static void report(LevinException e) {
    say(
        "%s%s %s%s | %s"
            .formatted(
                FAILURE,
                e.kind(),
                e instanceof CollectiveException c ? c.peers() + " " : "",
                e.getMessage(),
                e.hint()));
  }

  public static void main(String[] arguments) throws Exception {
    Rendezvous where =
        Rendezvous.of(
                "127.0.0.1",
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]))
            .within(Duration.ofSeconds(60));
    try {
      Scenarios.run(arguments[0], new Member(where));
    } catch (LevinException e) {
      report(e);
      System.exit(FAILED);
    }
    System.exit(0);
  }
}
