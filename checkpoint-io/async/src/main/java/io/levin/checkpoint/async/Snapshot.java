package io.levin.checkpoint.async;

import com.sun.jna.Memory;
import io.levin.checkpoint.Bytes;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;

/** A copy of a checkpoint's values as they are now, in memory of its own. */
final class Snapshot implements AutoCloseable {
  /** Tensors begin where any processor likes to copy to. */
  private static final int ALIGNMENT = 64;

  private static final int CHUNK = 256 << 20;

  private final SnapshotMemory owner;
  private final Memory memory;
  private Object root;

  private Snapshot(SnapshotMemory owner, Memory memory) {
    this.owner = owner;
    this.memory = memory;
  }

  /** Copies on the calling thread; waits before that where too many copies are held already. */
  static Snapshot of(Object root, SnapshotMemory owner) {
    Map<Bytes, Long> places = new IdentityHashMap<>();
    long[] end = {0};
    new TreeCopy(
            bytes -> {
              places.computeIfAbsent(
                  bytes,
                  first -> {
                    long place = end[0];
                    end[0] += (first.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
                    return place;
                  });
              return bytes;
            })
        .copy(root);
    Snapshot snapshot = new Snapshot(owner, owner.take(Math.max(end[0], 1)));
    boolean isDone = false;
    try {
      Map<Bytes, Bytes> copies = new IdentityHashMap<>();
      places.forEach((bytes, place) -> copies.put(bytes, snapshot.copy(bytes, place)));
      snapshot.root = new TreeCopy(copies::get).copy(root);
      isDone = true;
      return snapshot;
    } finally {
      if (!isDone) {
        snapshot.close();
      }
    }
  }

  private Bytes copy(Bytes bytes, long place) {
    NativeBytes copy = new NativeBytes(memory, place, bytes.size());
    for (long at = 0; at < bytes.size(); at += CHUNK) {
      ByteBuffer into = copy.view(at, (int) Math.min(CHUNK, bytes.size() - at));
      bytes.read(at, into);
    }
    return copy;
  }

  Object root() {
    return root;
  }

  /** Gives the memory back; nothing may read the values any more. */
  @Override
  public void close() {
    owner.giveBack(memory);
  }

  /** A part of the memory. */
  private record NativeBytes(Memory memory, long start, long size) implements Bytes {
    @Override
    public void read(long offset, ByteBuffer into) {
      into.put(view(offset, into.remaining()));
    }

    @Override
    public ByteBuffer view(long offset, int length) {
      if (offset < 0 || length > size - offset) {
        throw new IndexOutOfBoundsException("%d bytes from %d".formatted(length, offset));
      }
      return length == 0 ? ByteBuffer.allocate(0) : memory.getByteBuffer(start + offset, length);
    }
  }
}
