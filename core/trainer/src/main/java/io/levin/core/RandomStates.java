package io.levin.core;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Tensor;
import io.levin.collective.Exchange;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Where the random numbers of every rank stand, in a checkpoint. */
final class RandomStates {
  private static final String ONE = "rng";
  private static final String ALL = "rng_by_rank";

  private RandomStates() {}

  /** Every rank must call it. */
  static void put(DefaultTrainer trainer, Map<String, Object> own) {
    if (!(trainer.randomState() instanceof byte[] state)) {
      return;
    }
    own.put(ONE, Tensor.of(DType.UINT8, new long[] {state.length}, Bytes.of(state)));
    if (trainer.strategy().worldSize() > 1) {
      List<byte[]> states = Exchange.gather(trainer.strategy().group(), state);
      ByteBuffer all = ByteBuffer.allocate(states.size() * state.length);
      states.forEach(all::put);
      long[] shape = {states.size(), state.length};
      own.put(ALL, Tensor.of(DType.UINT8, shape, Bytes.of(all.array())));
    }
  }

  /** Ranks that were not there when it was kept begin with numbers of their own. */
  static void restore(Map<String, Object> own, DefaultTrainer trainer) {
    int rank = trainer.strategy().globalRank();
    if (own.get(ALL) instanceof Tensor all && rank < all.shape()[0]) {
      long length = all.shape()[1];
      read(all, rank * length, length, trainer);
    } else if (own.get(ONE) instanceof Tensor one && rank == 0) {
      read(one, 0, one.size(), trainer);
    } else {
      trainer.ownRandomNumbers();
    }
  }

  private static void read(Tensor states, long from, long length, DefaultTrainer trainer) {
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    states.read(from, bytes);
    trainer.randomState(bytes.array());
  }
}
