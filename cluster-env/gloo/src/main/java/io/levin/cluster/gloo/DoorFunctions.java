package io.levin.cluster.gloo;

import com.sun.jna.Pointer;
import io.levin.torch.NativeDoor;

/** The native door, function by function; {@code door.cpp} says what each does. */
interface DoorFunctions extends NativeDoor.Functions {
  /** The version of this interface. */
  int VERSION = 1;

  Pointer levin_store_open(
      String host, String bind, int port, int server, long timeoutMs, byte[] error, int room);

  int levin_store_set(Pointer store, String key, String value, byte[] error, int room);

  long levin_store_add(Pointer store, String key, long amount, byte[] error, int room);

  int levin_store_get(
      Pointer store, String key, long timeoutMs, byte[] value, int length, byte[] error, int room);

  int levin_store_close(Pointer store, byte[] error, int room);

  Pointer levin_group_open(
      Pointer store,
      String prefix,
      String name,
      String bind,
      int rank,
      int size,
      long timeoutMs,
      int threads,
      byte[] error,
      int room);

  void levin_group_tag(Pointer group, int tag);

  int levin_group_abort(Pointer group, byte[] error, int room);

  int levin_group_close(Pointer group, byte[] error, int room);
}
