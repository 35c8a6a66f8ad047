package io.levin.cli.ranks;

import io.levin.LevinException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How rank 0 hears all others, one after the other, until all have come or time is up. */
final class Assembly {
  private static final int SECONDS_FOR_ONE = 5;
  private static final int QUESTIONS = 5;

  private final int worldSize;
  private final Duration limit;
  private final Map<Integer, Rank> ranks = new TreeMap<>();
  private final List<String> troubles = new ArrayList<>();

  Assembly(int worldSize, Duration limit) {
    this.worldSize = worldSize;
    this.limit = limit;
  }

  /**
   * @param main where the others look for this rank
   * @param facts of this rank
   */
  RanksReport hear(InetSocketAddress main, Map<String, String> facts) {
    ranks.put(0, Rank.zero(facts));
    long end = System.nanoTime() + limit.toNanos();
    try (ServerSocket server = listen(main)) {
      while (ranks.size() < worldSize) {
        int left = (int) ((end - System.nanoTime()) / 1_000_000);
        if (left <= 0) {
          break;
        }
        server.setSoTimeout(left);
        try (Socket socket = server.accept()) {
          hear(socket);
        } catch (SocketTimeoutException e) {
          break;
        } catch (IOException e) {
          troubles.add("Somebody came and did not finish: " + e.getMessage() + ".");
        }
      }
    } catch (IOException e) {
      throw LevinException.environment(
          "Rank 0 cannot listen on port %d: %s.".formatted(main.getPort(), e.getMessage()),
          "Set MASTER_PORT to a port that is free, the same for all ranks.");
    }
    return new RanksReport(worldSize, List.copyOf(ranks.values()), troubles, limit);
  }

  /** On the main address, where that is one of this machine's; else wherever it is reached. */
  private ServerSocket listen(InetSocketAddress main) throws IOException {
    InetAddress address = new InetSocketAddress(main.getHostString(), 0).getAddress();
    try {
      return new ServerSocket(main.getPort(), worldSize, address);
    } catch (java.net.BindException e) {
      ServerSocket anywhere = new ServerSocket(main.getPort(), worldSize);
      troubles.add(
          "The main address %s is none of rank 0's own: it listens on all it has."
              .formatted(main.getHostString()));
      return anywhere;
    }
  }

  private void hear(Socket socket) throws IOException {
    socket.setSoTimeout(SECONDS_FOR_ONE * 1000);
    Wire wire = new Wire(socket);
    Map<String, Object> said = wire.receive();
    if (!(said.get("rank") instanceof Integer number)
        || !(said.get("facts") instanceof Map<?, ?>)) {
      throw new IOException("it speaks something else");
    }
    Map<String, String> facts = new LinkedHashMap<>();
    ((Map<?, ?>) said.get("facts"))
        .forEach((name, value) -> facts.put(String.valueOf(name), String.valueOf(value)));
    Rank rank = timed(number, facts, wire);
    wire.send(Map.of(Wire.DONE, true));
    if (number <= 0 || number >= worldSize) {
      troubles.add(
          "A process on %s says that it is rank %d of %d."
              .formatted(facts.get(RanksReport.HOST), number, worldSize));
    } else if (ranks.putIfAbsent(number, rank) != null) {
      troubles.add(
          "Two processes say that they are rank %d: one on %s, process %s, the other on %s, process %s."
              .formatted(
                  number,
                  ranks.get(number).facts().get(RanksReport.HOST),
                  ranks.get(number).facts().get(RanksReport.PROCESS),
                  facts.get(RanksReport.HOST),
                  facts.get(RanksReport.PROCESS)));
    }
  }

  /** Asks for the time a few times; the quickest answer is the surest. */
  private static Rank timed(int number, Map<String, String> facts, Wire wire) throws IOException {
    Rank surest = null;
    for (int i = 0; i < QUESTIONS; i++) {
      double before = Wire.now();
      wire.send(Map.of(Wire.CLOCK, true));
      if (!(wire.receive().get(Wire.CLOCK) instanceof Number theirs)) {
        throw new IOException("it speaks something else");
      }
      double after = Wire.now();
      double uncertain = (after - before) / 2;
      if (surest == null || uncertain < surest.uncertain()) {
        surest = new Rank(number, facts, theirs.doubleValue() - (before + uncertain), uncertain);
      }
    }
    return surest;
  }
}
