package io.levin.cluster.gloo;

import com.sun.jna.Pointer;
import io.levin.torch.NativeFailure;
import java.util.concurrent.atomic.AtomicLong;

/** The connections of one group's ranks, known to libtorch in this process by a name. */
final class Link implements AutoCloseable {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final int THREADS = 2;

  private final DoorFunctions door;
  private final String name;
  private Pointer handle;

  private Link(DoorFunctions door, String name, Pointer handle) {
    this.door = door;
    this.name = name;
    this.handle = handle;
  }

  /** Connects; returns when this rank is connected to all others. */
  static Link open(DoorFunctions door, Members members, int rank) {
    String name = "levin-" + COUNT.incrementAndGet();
    byte[] error = new byte[NativeFailure.ROOM];
    Pointer handle =
        door.levin_group_open(
            members.store().open(),
            members.prefix(),
            name,
            members.bind(),
            rank,
            members.size(),
            members.timeout().toMillis(),
            THREADS,
            error,
            error.length);
    if (handle == null) {
      throw new NativeFailure(error);
    }
    return new Link(door, name, handle);
  }

  /** What libtorch's operations call it. */
  String name() {
    return name;
  }

  /** Numbers the collective that this process starts next. */
  synchronized void tag(int tag) {
    if (handle != null) {
      door.levin_group_tag(handle, tag);
    }
  }

  /** Ends what is under way, here and at the peers. */
  synchronized void abort() {
    if (handle != null) {
      byte[] error = new byte[NativeFailure.ROOM];
      door.levin_group_abort(handle, error, error.length);
    }
  }

  @Override
  public synchronized void close() {
    if (handle != null) {
      byte[] error = new byte[NativeFailure.ROOM];
      Pointer closing = handle;
      handle = null;
      if (door.levin_group_close(closing, error, error.length) < 0) {
        throw new NativeFailure(error);
      }
    }
  }
}
