package io.levin.collective;

import static java.util.Objects.requireNonNull;

import io.levin.LevinException;
import java.time.Duration;

/**
 * Where and as what a process meets its peers. All ranks give the same but for the rank.
 *
 * @param address host name or address of rank 0, which listens there
 * @param port a port of rank 0 that is free
 * @param rank which one this process is, from 0
 * @param worldSize how many they are
 * @param generation a number that grows whenever the same run meets anew, so that a process left
 *     from before never gets in
 * @param timeout how long to wait for the others, here and in every operation after
 */
public record Rendezvous(
    String address, int port, int rank, int worldSize, int generation, Duration timeout) {
  /** What PyTorch takes for process groups of the CPU. */
  public static final Duration TIMEOUT = Duration.ofMinutes(30);

  private static final int LAST_PORT = 65_535;

  public Rendezvous {
    requireNonNull(address, "address");
    requireNonNull(timeout, "timeout");
    check(!address.isBlank(), "The main address is empty.", "Give the host of rank 0.");
    check(
        port > 0 && port <= LAST_PORT,
        "The main port is %d.".formatted(port),
        "Give one from 1024 to 65535.");
    check(
        worldSize > 0,
        "The world size is %d.".formatted(worldSize),
        "Give the number of processes, from 1.");
    check(
        rank >= 0 && rank < worldSize,
        "The rank is %d, and %d processes have ranks from 0 to %d."
            .formatted(rank, worldSize, worldSize - 1),
        "Start each process with a rank of its own, and all with the same world size.");
    check(
        generation >= 0,
        "The generation is %d.".formatted(generation),
        "Count generations from 0.");
    check(
        timeout.toMillis() > 0,
        "The timeout is %s.".formatted(timeout),
        "Give one of a millisecond or more.");
  }

  /** The first generation, with the usual timeout. */
  public static Rendezvous of(String address, int port, int rank, int worldSize) {
    return new Rendezvous(address, port, rank, worldSize, 0, TIMEOUT);
  }

  public Rendezvous within(Duration limit) {
    return new Rendezvous(address, port, rank, worldSize, generation, limit);
  }

  public Rendezvous generation(int number) {
    return new Rendezvous(address, port, rank, worldSize, number, timeout);
  }

  private static void check(boolean holds, String message, String hint) {
    if (!holds) {
      throw LevinException.user(message, hint);
    }
  }
}
