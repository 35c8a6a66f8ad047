package io.levin.core;

import ai.djl.ndarray.NDArray;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Tensor;
import io.levin.collective.Exchange;
import io.levin.strategy.Sharding;
import io.levin.strategy.Strategy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Arrays of which every rank has a part, for rank 0 to write whole. They are gathered while they
 * are read, and no more than one is whole at any time: rank 0 says which it reads, the others give
 * their parts until it has done.
 */
final class GatheredParts {
  private static final int DONE = -1;

  private final Strategy strategy;
  private final Sharding sharding;
  private final List<Part> parts = new ArrayList<>();
  private int current = DONE;
  private NDArray whole;

  GatheredParts(Strategy strategy) {
    this.strategy = strategy;
    this.sharding = strategy.sharding().orElseThrow();
  }

  /** The whole array; every rank must ask for the same ones in the same order. */
  Tensor tensor(Part part) {
    Tensor own = Tensors.of(part.array());
    int index = parts.size();
    parts.add(part);
    long size = part.shard().whole().size() * own.dtype().bytes();
    return Tensor.of(
        own.dtype(),
        part.shard().whole().getShape(),
        new Bytes() {
          @Override
          public long size() {
            return size;
          }

          @Override
          public void read(long offset, ByteBuffer into) {
            GatheredParts.this.read(index, offset, into);
          }
        });
  }

  /** A copy: what was gathered goes when the next is read. */
  private synchronized void read(int index, long offset, ByteBuffer into) {
    if (current != index) {
      say(index);
      whole = gather(index);
      current = index;
    }
    into.put(whole.toByteBuffer(true).slice((int) offset, into.remaining()));
  }

  private NDArray gather(int index) {
    return sharding.whole(parts.get(index).array(), parts.get(index).shard());
  }

  /** Lets go of what was gathered last, and tells the others what comes next. */
  private void say(int index) {
    if (whole != null) {
      whole.close();
      whole = null;
    }
    current = DONE;
    Exchange.broadcast(strategy.group(), index, 0);
  }

  /** Gives this rank's parts for as long as rank 0 asks for them. */
  void serve() {
    while (true) {
      int wanted = (int) Exchange.broadcast(strategy.group(), DONE, 0);
      if (wanted == DONE) {
        return;
      }
      gather(wanted).close();
    }
  }

  /** Rank 0 has written everything, or has failed. */
  synchronized void end() {
    say(DONE);
  }
}
