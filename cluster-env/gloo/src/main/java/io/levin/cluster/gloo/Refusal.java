package io.levin.cluster.gloo;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Why ranks do not come together, and whose fault it is; as text, it goes to the other ranks. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<Integer> peers;

  Refusal(String reason, List<Integer> peers) {
    super(reason, null, false, false);
    this.peers = List.copyOf(peers);
  }

  static Refusal of(String text) {
    String[] parts = text.split(" ", 2);
    return new Refusal(parts[1], Arrays.stream(parts[0].split(",")).map(Integer::valueOf).toList());
  }

  String text() {
    return peers.stream().map(String::valueOf).collect(Collectors.joining(","))
        + " "
        + getMessage();
  }

  List<Integer> peers() {
    return peers;
  }
}
