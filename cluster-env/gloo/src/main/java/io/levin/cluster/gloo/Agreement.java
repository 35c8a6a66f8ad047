package io.levin.cluster.gloo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.levin.torch.Collectives;
import io.levin.torch.TensorList;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The kinds of calls that the ranks of a group have agreed on, each the first time it is made. */
final class Agreement {
  private static final int DIGEST = 32;
  private static final int MESSAGE = 1024;

  private final Link link;
  private final Tags tags;
  private final Members members;
  private final NDManager manager;
  private final Map<String, Integer> kinds = new HashMap<>();

  Agreement(Link link, Tags tags, Members members, NDManager manager) {
    this.link = link;
    this.tags = tags;
    this.members = members;
    this.manager = manager;
  }

  /**
   * The number of this kind of call, the same on all ranks.
   *
   * @throws Refusal on all ranks when they are about to make different calls
   */
  int kind(Signature signature) {
    Integer known = kinds.get(signature.text());
    if (known != null) {
      return known;
    }
    if (members.size() > 1) {
      agree(signature);
    }
    if (kinds.size() >= Tags.UNCOUNTED) {
      return Tags.UNCOUNTED;
    }
    int kind = kinds.size();
    kinds.put(signature.text(), kind);
    return kind;
  }

  private void agree(Signature signature) {
    byte[] message = message(signature.text());
    byte[] all;
    try (NDManager scope = manager.newSubManager()) {
      NDArray mine = scope.create(ByteBuffer.wrap(message), new Shape(1, MESSAGE), DataType.INT8);
      NDArray everyone = scope.zeros(new Shape(members.size(), MESSAGE), DataType.INT8);
      link.tag(tags.next(Tags.AGREEMENT));
      Collectives.startAllGather(mine, everyone, members.size(), link.name());
      try (TensorList result = TensorList.of(List.of(everyone))) {
        Collectives.await(result);
      }
      all = everyone.toByteArray();
    }
    Map<String, List<Integer>> calls = new java.util.LinkedHashMap<>();
    boolean same = true;
    for (int rank = 0; rank < members.size(); rank++) {
      byte[] theirs = Arrays.copyOfRange(all, rank * MESSAGE, (rank + 1) * MESSAGE);
      same &= Arrays.equals(theirs, 0, DIGEST, message, 0, DIGEST);
      calls.computeIfAbsent(text(theirs), text -> new ArrayList<>()).add(members.ranks().get(rank));
    }
    if (!same) {
      throw refusal(calls);
    }
  }

  private static Refusal refusal(Map<String, List<Integer>> calls) {
    List<String> parts = new ArrayList<>();
    List<Integer> fewest = List.of();
    for (Map.Entry<String, List<Integer>> call : calls.entrySet()) {
      parts.add(Ranks.listed(call.getValue()) + ": " + call.getKey());
      if (fewest.isEmpty() || call.getValue().size() < fewest.size()) {
        fewest = call.getValue();
      }
    }
    return new Refusal("the ranks make different calls; " + String.join("; ", parts) + ".", fewest);
  }

  private static byte[] message(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    byte[] message = new byte[MESSAGE];
    try {
      System.arraycopy(MessageDigest.getInstance("SHA-256").digest(bytes), 0, message, 0, DIGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
    System.arraycopy(bytes, 0, message, DIGEST, Math.min(bytes.length, MESSAGE - DIGEST));
    return message;
  }

  private static String text(byte[] message) {
    int end = DIGEST;
    while (end < message.length && message[end] != 0) {
      end++;
    }
    String text = new String(message, DIGEST, end - DIGEST, US_ASCII);
    return end == message.length ? text + "…" : text;
  }
}
