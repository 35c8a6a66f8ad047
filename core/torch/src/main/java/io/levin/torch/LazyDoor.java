package io.levin.torch;

/** The native door to libtorch's lazy tensors; {@code lazy.cpp} says what each function does. */
interface LazyDoor extends NativeDoor.Functions {
  /** Loaded, and its backend started, by the first lazy device of the process. */
  NativeDoor<LazyDoor> NATIVE = new NativeDoor<>(LazyDoor.class, "levin_lazy", 1);

  int levin_lazy_start(byte[] error, int room);

  int levin_lazy_mark_step(int ordinal, byte[] error, int room);

  long levin_lazy_counter(String name);

  int levin_lazy_counters(byte[] names, int length, byte[] error, int room);
}
