package io.levin.cli.ranks;

import io.levin.LevinException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;

/** How every rank but 0 takes part: it says what it knows, and tells the time when asked. */
final class Attendance {
  private static final int PAUSE = 200;

  private final InetSocketAddress main;
  private final long end;
  private final Duration limit;

  /**
   * @param main where rank 0 listens
   */
  Attendance(InetSocketAddress main, Duration limit) {
    this.main = main;
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /**
   * Returns when rank 0 has heard everything.
   *
   * @throws LevinException when it cannot be reached in time
   */
  void report(int rank, Map<String, String> facts) {
    String last = "";
    while (left() > 0) {
      try (Socket socket = new Socket()) {
        socket.connect(resolved(), left());
        socket.setSoTimeout(left());
        Wire wire = new Wire(socket);
        wire.send(Map.of("rank", rank, "facts", facts));
        while (true) {
          Map<String, Object> question = wire.receive();
          if (question.containsKey(Wire.DONE)) {
            return;
          }
          wire.send(Map.of(Wire.CLOCK, Wire.now()));
        }
      } catch (IOException e) {
        last = e.getMessage(); // rank 0 may not have come yet
        pause();
      }
    }
    throw LevinException.environment(
        "Rank %d cannot reach rank 0 at %s:%d within %d s: %s."
            .formatted(rank, main.getHostString(), main.getPort(), limit.toSeconds(), last),
        "See that rank 0 runs, that this machine finds it by that name, and that no firewall is"
            + " between them.");
  }

  /** Looked up each time: names of new pods come late. */
  private InetSocketAddress resolved() throws IOException {
    InetSocketAddress address = new InetSocketAddress(main.getHostString(), main.getPort());
    if (address.isUnresolved()) {
      throw new IOException("no such host");
    }
    return address;
  }

  private int left() {
    return (int) Math.max(0, (end - System.nanoTime()) / 1_000_000);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
