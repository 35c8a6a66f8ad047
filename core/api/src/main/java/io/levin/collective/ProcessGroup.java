package io.levin.collective;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * This process and its peers. Every rank of a group must make the same calls in the same order,
 * with arrays of the same shapes and dtypes; used by one thread.
 *
 * <p>Where ranks disagree on a call, or one of them is gone or silent, the call throws on every
 * other rank, within the timeout of the {@link Rendezvous}. Arrays then hold anything.
 */
@ProviderType
public interface ProcessGroup extends AutoCloseable {
  /** The group of one process: no call of it waits for anybody or sends anything. */
  static ProcessGroup alone() {
    return Alone.GROUP;
  }

  /** Which of this group's processes this one is, from 0. */
  int rank();

  int size();

  /**
   * Reduces each array over all ranks, in place, in as few messages as their dtypes allow. All
   * ranks get the same bits. Arrays in 16 bits are reduced in 32, and rounded once.
   *
   * @throws CollectiveException when a rank failed or disagrees
   * @throws io.levin.LevinException for arrays that cannot be reduced in this way: on a device,
   *     sparse, of a dtype without that reduction
   */
  default void allReduce(List<? extends NDArray> arrays, Reduction reduction) {
    startAllReduce(arrays, reduction).await();
  }

  /** The same for one array. */
  default void allReduce(NDArray array, Reduction reduction) {
    allReduce(List.of(array), reduction);
  }

  /** Starts an all-reduce. Its checks, and the first of its kind, are done before it returns. */
  Pending startAllReduce(List<? extends NDArray> arrays, Reduction reduction);

  /**
   * Gives every rank the arrays of one, in place and bit for bit.
   *
   * @param source the rank of this group that has them
   */
  void broadcast(List<? extends NDArray> arrays, int source);

  /** The same for one array. */
  default void broadcast(NDArray array, int source) {
    broadcast(List.of(array), source);
  }

  /**
   * The arrays of all ranks, in the order of the ranks.
   *
   * @return of shape (size, …); belongs to the manager of the argument
   */
  NDArray allGather(NDArray array);

  /**
   * Reduces over all ranks, and leaves each rank its part.
   *
   * @param array of shape (size, …): part {@code i} is for rank {@code i}; it stays as it is
   * @return of shape (…); belongs to the manager of the argument
   */
  NDArray reduceScatter(NDArray array, Reduction reduction);

  /** Returns when every rank has come here. */
  void barrier();

  /**
   * A group of some of this one's ranks, numbered in the order given. Only those ranks may call it,
   * all of them with the same list; others get nothing and wait for nobody.
   *
   * @return nothing where this rank is not among them
   */
  Optional<ProcessGroup> subgroup(List<Integer> ranks);

  /** Awaits what is pending, closes its subgroups and leaves. Waits for no other rank. */
  @Override
  void close();
}
