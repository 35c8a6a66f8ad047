package io.levin.strategy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.levin.optim.NamedArray;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a strategy keeps parameters in parts, a {@link Shard} on every rank. Optimizers, their state
 * and clipping see parts only, each with its parameter's name.
 *
 * <p>Used by the thread that trains. Every rank must call the methods that are said to be shared,
 * in the same order.
 */
@ConsumerType
public interface Sharding {
  /**
   * Takes over a block's trainable parameters, with the values of rank 0. Shared.
   *
   * @param parameters of the block, in the order of its state
   * @return this rank's parts, under the same names; leaves that require gradients
   */
  List<NamedArray> divide(Block block, List<NamedArray> parameters);

  /** Gives the block whole parameters back, after training. Shared. */
  void unite();

  /** Runs the block, whose parameters have their whole shapes in it. Shared. */
  NDList forward(Block block, ParameterStore parameters, NDList inputs, boolean training);

  /**
   * Propagates a loss. Afterwards the gradients of the parts are, or will be at the end of the
   * window, those of the mean over all ranks. Shared.
   *
   * @param engine propagates a loss to the arrays that it was computed from
   */
  void backward(NDArray loss, Consumer<NDArray> engine);

  /** Which part of a parameter this rank holds; nothing for one that is whole on every rank. */
  Optional<Shard> shard(String parameter);

  /**
   * The whole array that ranks hold parts of, in the memory of the CPU; the caller closes it.
   * Shared.
   *
   * @param part this rank's, as {@code shard} says
   */
  NDArray whole(NDArray part, Shard shard);

  /** The sum over all ranks of a number that is about their parts. Shared. */
  double sum(double value);
}
