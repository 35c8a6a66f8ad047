package io.levin.cluster.gloo;

import io.levin.LevinException;
import io.levin.collective.CollectiveException;
import io.levin.collective.Rendezvous;
import io.levin.torch.NativeFailure;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Brings a process to its peers: finds rank 0, checks in, and connects. */
final class Meeting {
  private static final String JOIN = "join";

  private final DoorFunctions door;
  private final Rendezvous where;
  private final Deadline deadline;
  private final AtomicBoolean isGivenUp = new AtomicBoolean();

  Meeting(DoorFunctions door, Rendezvous where) {
    this.door = door;
    this.where = where;
    this.deadline = Deadline.after(where.timeout());
  }

  /** The world's group; what goes wrong is a {@link CollectiveException}. */
  GlooProcessGroup join() {
    InetAddress main = resolved();
    Duration limit = deadline.left().plus(CheckIn.GRACE.multipliedBy(2));
    try {
      return Bounded.call("levin-join-" + where.rank(), limit, () -> connected(main))
          .orElseThrow(() -> givenUp());
    } catch (Refusal e) {
      throw failure(e.peers(), e.getMessage());
    } catch (NativeFailure e) {
      throw failure(List.of(), explained(e.getMessage()));
    }
  }

  private GlooProcessGroup connected(InetAddress main) throws IOException {
    RankZero zero = new RankZero(door, where, main, deadline);
    Store store = zero.reach();
    boolean done = false;
    try {
      new CheckIn(store, where, deadline, zero).run();
      Members world = Members.world(where, ownAddress(main), store);
      GlooProcessGroup group = GlooProcessGroup.connect(door, world, where.rank(), store::close);
      done = true;
      if (isGivenUp.get()) {
        group.close(); // nobody waits for it any more
      }
      return group;
    } finally {
      if (!done) {
        store.close();
      }
    }
  }

  private CollectiveException givenUp() {
    isGivenUp.set(true);
    return failure(List.of(), "nothing at %s answers as rank 0 does.".formatted(at()));
  }

  private InetAddress resolved() {
    try {
      return InetAddress.getByName(where.address());
    } catch (UnknownHostException e) {
      throw failure(
          List.of(0),
          "the main address %s is not known on this machine.".formatted(where.address()));
    }
  }

  /** The address of this machine on the way to rank 0, by which the other ranks reach it too. */
  private String ownAddress(InetAddress main) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(main, where.port()); // sends nothing
      return socket.getLocalAddress().getHostAddress();
    }
  }

  private String explained(String reason) {
    return reason.contains("Address already in use")
        ? "%s is taken: by another program, or by a second process of rank 0.".formatted(at())
        : "the ranks did not come together at %s: %s".formatted(at(), reason);
  }

  private String at() {
    return "port %d of %s".formatted(where.port(), where.address());
  }

  private CollectiveException failure(List<Integer> peers, String reason) {
    return new CollectiveException(
        LevinException.Kind.ENVIRONMENT,
        where.rank(),
        JOIN,
        peers,
        true,
        Character.toUpperCase(reason.charAt(0)) + reason.substring(1),
        "Start all processes with the same address, a free port, the same world size and"
            + " generation, and a rank of its own each.");
  }
}
