package io.levin.collective;

import io.levin.LevinException;
import java.util.List;

/**
 * An operation of a process group failed. Where {@link #isFatal} says so, the group is of no more
 * use: close it, and meet again with the next generation.
 */
public class CollectiveException extends LevinException {
  private static final long serialVersionUID = 1L;

  private final int rank;
  private final String operation;
  private final List<Integer> peers;
  private final boolean fatal;

  /**
   * @param rank the rank it is reported on, of the whole world
   * @param operation what failed, for example {@code all-reduce}
   * @param peers the ranks at fault, of the whole world; empty where nobody knows
   * @param reason one or more whole sentences
   */
  public CollectiveException(
      Kind kind,
      int rank,
      String operation,
      List<Integer> peers,
      boolean fatal,
      String reason,
      String hint) {
    super(kind, "Rank %d, %s: %s".formatted(rank, operation, reason), hint);
    this.rank = rank;
    this.operation = operation;
    this.peers = List.copyOf(peers);
    this.fatal = fatal;
  }

  public int rank() {
    return rank;
  }

  public String operation() {
    return operation;
  }

  public List<Integer> peers() {
    return peers;
  }

  public boolean isFatal() {
    return fatal;
  }
}
