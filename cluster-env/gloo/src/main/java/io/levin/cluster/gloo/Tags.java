package io.levin.cluster.gloo;

/**
 * Numbers of collectives. Gloo ends the process when a message is longer than the array it is for;
 * messages of different numbers never meet, so calls that differ get numbers that differ.
 *
 * <p>Of the 32 bits, 12 are the kind of call, as the ranks have agreed on it; 14 count the calls of
 * a group; 6 are left for operations of libtorch that send several messages.
 */
final class Tags {
  private static final int KINDS = 1 << 12;
  private static final int CALLS = 1 << 14;
  private static final int SPARE = 6;

  static final int AGREEMENT = KINDS - 1;
  static final int BARRIER = KINDS - 2;

  /** The kind of calls that are agreed on every time, once there are too many to remember. */
  static final int UNCOUNTED = KINDS - 3;

  private int calls;
  private int agreements;

  /** The number of the next call. */
  int next(int kind) {
    int count = kind == AGREEMENT ? agreements++ : calls++;
    return (kind * CALLS + count % CALLS) << SPARE;
  }
}
