package io.levin.cluster.gloo;

import io.levin.LevinException;
import io.levin.torch.NativeDoor;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The native door to libtorch's process groups. */
final class Door {
  private static final NativeDoor<DoorFunctions> NATIVE =
      new NativeDoor<>(DoorFunctions.class, "levin_gloo", DoorFunctions.VERSION);

  private Door() {}

  /**
   * The door, brought into this process once.
   *
   * @throws LevinException where it must not or cannot be loaded
   */
  static DoorFunctions functions() {
    return opened(NATIVE::functions);
  }

  /** A door from a file; every symbol it needs must be there. */
  static DoorFunctions load(Path file) {
    return opened(() -> NATIVE.load(file));
  }

  private static DoorFunctions opened(Supplier<DoorFunctions> door) {
    try {
      return door.get();
    } catch (UnsupportedOperationException e) {
      throw LevinException.environment(
          "Processes cannot be joined with Gloo here: %s.".formatted(e.getMessage()),
          "Run one process, or use the libtorch that Levin brings, on Linux x86-64.");
    }
  }
}
