package io.levin.cluster.gloo;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.levin.torch.NativeFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * The small table of texts that rank 0 keeps and all ranks read: where they meet. Safe for several
 * threads, of which one speaks at a time.
 */
final class Store implements AutoCloseable {
  private static final int LONGEST = 8192;

  private final DoorFunctions door;
  private Pointer handle;

  private Store(DoorFunctions door, Pointer handle) {
    this.door = door;
    this.handle = handle;
  }

  /**
   * @param bind where a server listens: a numeric address, or an empty text for all
   */
  static Store open(
      DoorFunctions door, String host, String bind, int port, boolean server, Duration timeout) {
    byte[] error = new byte[NativeFailure.ROOM];
    Pointer handle =
        door.levin_store_open(
            host, bind, port, server ? 1 : 0, timeout.toMillis(), error, error.length);
    if (handle == null) {
      throw new NativeFailure(error);
    }
    return new Store(door, handle);
  }

  void set(String key, String value) {
    byte[] error = new byte[NativeFailure.ROOM];
    String told = value.substring(0, Math.min(value.length(), LONGEST / 4));
    check(door.levin_store_set(open(), key, told, error, error.length), error);
  }

  /** Adds to a number that starts at 0, and gives the sum. */
  long add(String key, long amount) {
    byte[] error = new byte[NativeFailure.ROOM];
    long sum = door.levin_store_add(open(), key, amount, error, error.length);
    check(sum, error);
    return sum;
  }

  /** A value, once it is there; nothing if it is not in time. */
  Optional<String> get(String key, Duration timeout) {
    byte[] error = new byte[NativeFailure.ROOM];
    byte[] value = new byte[LONGEST];
    long millis = Math.max(1, timeout.toMillis());
    if (door.levin_store_get(open(), key, millis, value, value.length, error, error.length) == 0) {
      return Optional.of(Native.toString(value));
    }
    NativeFailure failure = new NativeFailure(error);
    if (failure.getMessage().contains("wait timeout")) {
      return Optional.empty();
    }
    throw failure;
  }

  /** Called when no operation is under way. */
  @Override
  public synchronized void close() {
    if (handle != null) {
      byte[] error = new byte[NativeFailure.ROOM];
      Pointer closing = handle;
      handle = null;
      check(door.levin_store_close(closing, error, error.length), error);
    }
  }

  /** Leaves it to the end of the process: an operation in it never returned. */
  synchronized void abandon() {
    handle = null;
  }

  synchronized Pointer open() {
    if (handle == null) {
      throw new NativeFailure("the store is closed");
    }
    return handle;
  }

  private static void check(long result, byte[] error) {
    if (result < 0) {
      throw new NativeFailure(error);
    }
  }
}
