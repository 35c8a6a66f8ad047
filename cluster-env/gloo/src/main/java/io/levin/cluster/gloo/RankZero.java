package io.levin.cluster.gloo;

import io.levin.collective.Rendezvous;
import io.levin.torch.NativeFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;

/** The way to rank 0 and the store it keeps. */
final class RankZero {
  private static final int PAUSE_MS = 20;

  private final DoorFunctions door;
  private final Rendezvous where;
  private final InetAddress address;
  private final Deadline deadline;

  RankZero(DoorFunctions door, Rendezvous where, InetAddress address, Deadline deadline) {
    this.door = door;
    this.where = where;
    this.address = address;
    this.deadline = deadline;
  }

  /**
   * The store of this generation: opened by rank 0, waited for by all others.
   *
   * @throws Refusal where rank 0 is not there in time
   */
  Store reach() throws IOException {
    if (where.rank() == 0) {
      Store store = open(address.isLoopbackAddress() ? address.getHostAddress() : "");
      store.set("job", where.generation() + " " + where.worldSize());
      return store;
    }
    while (true) {
      waitUntilItListens();
      Store store = null;
      boolean done = false;
      try {
        store = open("");
        int generation = generation(store);
        done = generation >= where.generation();
        if (done) {
          return store;
        }
        if (deadline.isOver()) {
          throw otherGeneration(generation);
        }
      } catch (NativeFailure e) {
        if (deadline.isOver()) {
          throw e;
        }
      } finally {
        if (store != null && !done) {
          store.close();
        }
      }
      pause(); // it is about to close the group of the generation before
    }
  }

  Refusal otherGeneration(int generation) {
    return new Refusal(
        "rank 0 is of generation %d, and this process is of %d."
            .formatted(generation, where.generation()),
        List.of(0));
  }

  private int generation(Store store) {
    String job =
        store
            .get("job", deadline.left())
            .orElseThrow(() -> new NativeFailure("rank 0 says nothing"));
    return Integer.parseInt(job.split(" ")[0]);
  }

  private Store open(String bind) {
    return Store.open(
        door, address.getHostAddress(), bind, where.port(), where.rank() == 0, deadline.left());
  }

  private void waitUntilItListens() {
    while (!deadline.isOver()) {
      try (Socket socket = new Socket()) {
        int patience = (int) Math.min(Integer.MAX_VALUE, deadline.left().toMillis());
        socket.connect(new InetSocketAddress(address, where.port()), patience);
        return;
      } catch (ConnectException e) {
        pause();
      } catch (IOException e) {
        if (isReset(e)) {
          pause(); // it has just closed the group of the generation before
          continue;
        }
        throw new Refusal(
            "port %d of %s cannot be reached: %s."
                .formatted(where.port(), where.address(), e.getMessage()),
            List.of(0));
      }
    }
    throw new Refusal(
        "no main process: nothing listened at port %d of %s within %s."
            .formatted(where.port(), where.address(), Deadline.shown(where.timeout())),
        List.of(0));
  }

  /**
   * Whether a connection was made and then dropped; that there is no way has classes of its own.
   */
  private static boolean isReset(IOException failure) {
    return failure.getClass() == SocketException.class;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("it was interrupted.", List.of());
    }
  }
}
