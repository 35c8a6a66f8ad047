package io.levin.cluster.gloo;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.levin.LevinException;
import io.levin.collective.CollectiveException;
import io.levin.torch.NativeFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A group's calls, one after the other: agrees on each with the other ranks, starts it, and keeps
 * what is under way. After a failure there are no more.
 */
final class Session {
  /** A kind of its own, which needs no agreement. */
  static final Signature BARRIER = new Signature("barrier", "barrier");

  private static final String LOST =
      "Close the group. The ranks that are left can meet again, with the next generation.";
  private static final String DIFFERENT =
      "Make the same calls in the same order on every rank, with arrays of the same shapes and"
          + " dtypes. The group can still be used.";

  private final Members members;
  private final int rank;
  private final Link link;
  private final Tags tags = new Tags();
  private final Agreement agreement;
  private final Set<Started> pending = new LinkedHashSet<>();
  private String failure = "";
  private List<Integer> peers = List.of();
  private volatile boolean isClosed;

  Session(Members members, int rank, Link link, NDManager manager) {
    this.members = members;
    this.rank = rank;
    this.link = link;
    this.agreement = new Agreement(link, tags, members, manager);
  }

  /** Starts a call, once all ranks have agreed to make it; closes the work if that fails. */
  Started start(Signature signature, Work work) {
    try {
      check(signature);
      boolean isBarrier = signature.equals(BARRIER);
      work.start(link, tags, isBarrier ? Tags.BARRIER : agreement.kind(signature));
    } catch (Refusal e) {
      work.drain();
      work.close();
      throw exception(signature, LevinException.Kind.USER, e.peers(), false, e.getMessage());
    } catch (EngineException e) {
      CollectiveException failed = failed(signature, e.getMessage());
      work.drain();
      work.close();
      throw failed;
    } catch (RuntimeException e) {
      work.close();
      throw e;
    }
    Started started = new Started(this, signature, work);
    synchronized (pending) {
      pending.add(started);
    }
    return started;
  }

  /** Ends the group after what the native side said of a call, and finds out what it was. */
  synchronized CollectiveException failed(Signature signature, String message) {
    if (!failure.isEmpty()) {
      return before(signature);
    }
    link.abort(); // the others need not wait until their time is up
    RollCall.Finding finding =
        new RollCall(members, rank).run(signature.text(), NativeFailure.cleaned(message));
    failure = finding.text();
    peers = finding.peers();
    return exception(signature, LevinException.Kind.RESOURCE, peers, true, failure);
  }

  void ended(Started started) {
    synchronized (pending) {
      pending.remove(started);
    }
  }

  /**
   * Waits for what is under way, whatever comes of it; what another thread started, the native side
   * waits for when it closes.
   */
  void close() {
    isClosed = true;
    List<Started> left;
    synchronized (pending) {
      left = new ArrayList<>(pending);
    }
    for (Started started : left) {
      try {
        if (started.isOurs()) {
          started.await();
        }
      } catch (CollectiveException e) {
        // Nobody waited for it, so nobody misses its result.
      }
    }
  }

  void check(Signature signature) {
    if (isClosed) {
      throw LevinException.user(
          "Rank %d, %s: the process group is closed."
              .formatted(members.ranks().get(rank), signature.operation()),
          "Make a new one with ProcessGroups.join.");
    }
    synchronized (this) {
      if (!failure.isEmpty()) {
        throw before(signature);
      }
    }
  }

  private CollectiveException before(Signature signature) {
    return exception(
        signature,
        LevinException.Kind.RESOURCE,
        peers,
        true,
        "the group failed in an earlier call: " + failure);
  }

  private CollectiveException exception(
      Signature signature,
      LevinException.Kind kind,
      List<Integer> at,
      boolean isFatal,
      String reason) {
    return new CollectiveException(
        kind,
        members.ranks().get(rank),
        signature.operation(),
        at,
        isFatal,
        reason,
        isFatal ? LOST : DIFFERENT);
  }
}
