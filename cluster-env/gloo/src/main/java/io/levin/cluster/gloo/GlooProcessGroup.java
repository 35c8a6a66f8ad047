package io.levin.cluster.gloo;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.LevinException;
import io.levin.collective.CollectiveException;
import io.levin.collective.Pending;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.engine.Engines;
import io.levin.torch.NativeFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A group on connections of Gloo. */
final class GlooProcessGroup implements ProcessGroup {
  private final DoorFunctions door;
  private final Members members;
  private final int rank;
  private final Runnable whenClosed;
  private final Link link;
  private final NDManager manager;
  private final Session session;
  private final List<GlooProcessGroup> children = new ArrayList<>();
  private final Map<List<Integer>, Integer> counts = new HashMap<>();
  private boolean isClosed;

  private GlooProcessGroup(
      DoorFunctions door, Members members, int rank, Link link, Runnable whenClosed) {
    this.door = door;
    this.members = members;
    this.rank = rank;
    this.whenClosed = whenClosed;
    this.link = link;
    this.manager = Engines.start().newBaseManager(Device.cpu());
    this.session = new Session(members, rank, link, manager);
  }

  /**
   * Connects this rank to the others; returns when all ranks are connected.
   *
   * @param whenClosed what to do last
   */
  static GlooProcessGroup connect(
      DoorFunctions door, Members members, int rank, Runnable whenClosed) {
    Link link = Link.open(door, members, rank);
    GlooProcessGroup group = new GlooProcessGroup(door, members, rank, link, whenClosed);
    boolean done = false;
    try {
      group.barrier();
      done = true;
      return group;
    } finally {
      if (!done) {
        group.leave();
      }
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return members.size();
  }

  @Override
  public Pending startAllReduce(List<? extends NDArray> arrays, Reduction reduction) {
    Signature signature = Signature.of("all-reduce", name(reduction), arrays);
    arrays.forEach(array -> Dtype.of(array).check(reduction));
    session.check(signature);
    return session.start(signature, new AllReduce(arrays, reduction, size(), manager));
  }

  @Override
  public void broadcast(List<? extends NDArray> arrays, int source) {
    checkRank(source);
    Signature signature = Signature.of("broadcast", "from rank " + source, arrays);
    session.check(signature);
    session.start(signature, new Broadcast(arrays, source)).await();
  }

  @Override
  public NDArray allGather(NDArray array) {
    Signature signature = Signature.of("all-gather", "", List.of(array));
    session.check(signature);
    AllGather work = new AllGather(array, size(), manager);
    session.start(signature, work).await();
    return work.result();
  }

  @Override
  public NDArray reduceScatter(NDArray array, Reduction reduction) {
    Signature signature = Signature.of("reduce-scatter", name(reduction), List.of(array));
    Dtype.of(array).check(reduction);
    Shape shape = array.getShape();
    if (shape.dimension() == 0 || shape.get(0) != size()) {
      throw LevinException.user(
          "Reduce-scatter over %d ranks needs a first axis of %d, and the array is %s."
              .formatted(size(), size(), shape),
          "Reshape it so that part i, for rank i, is row i.");
    }
    session.check(signature);
    ReduceScatter work = new ReduceScatter(array, reduction, rank, size(), manager);
    session.start(signature, work).await();
    return work.result();
  }

  @Override
  public void barrier() {
    session.check(Session.BARRIER);
    session.start(Session.BARRIER, new Barrier(manager)).await();
  }

  @Override
  public Optional<ProcessGroup> subgroup(List<Integer> ranks) {
    session.check(new Signature("subgroup", "subgroup"));
    List<Integer> chosen = List.copyOf(ranks);
    chosen.forEach(this::checkRank);
    if (new HashSet<>(chosen).size() != chosen.size()) {
      throw LevinException.user("A rank is twice in %s.".formatted(chosen), "Name each rank once.");
    }
    int place = chosen.indexOf(rank);
    if (place < 0) {
      return Optional.empty();
    }
    Members some = members.some(chosen, counts.merge(chosen, 1, Integer::sum));
    try {
      GlooProcessGroup group = connect(door, some, place, () -> {});
      children.add(group);
      return Optional.of(group);
    } catch (NativeFailure e) {
      throw new CollectiveException(
          LevinException.Kind.RESOURCE,
          members.ranks().get(rank),
          "subgroup",
          List.of(),
          false,
          "%s did not come together: %s.".formatted(Ranks.listed(some.ranks()), e.getMessage()),
          "All of them, and no others, must make the subgroup with the same list of ranks.");
    }
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      children.forEach(GlooProcessGroup::close);
      session.close();
      leave();
    }
  }

  private void leave() {
    isClosed = true;
    link.close();
    manager.close();
    whenClosed.run();
  }

  private void checkRank(int number) {
    if (number < 0 || number >= size()) {
      throw LevinException.user(
          "There is no rank %d in a group of %d.".formatted(number, size()),
          "Give a rank from 0 to %d.".formatted(size() - 1));
    }
  }

  private static String name(Reduction reduction) {
    return reduction.name().toLowerCase(Locale.ROOT);
  }
}
