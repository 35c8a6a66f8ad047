package io.levin.cluster.gloo;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.levin.LevinException;
import io.levin.accelerator.Availability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Brings the native door into this process, once. */
final class Door {
  private static final String FILE = "linux-x86_64/liblevin_gloo.so";
  private static final int RTLD_NOW = 2;
  private static DoorFunctions functions;

  private Door() {}

  /**
   * The door, loaded after libtorch, whose symbols it takes.
   *
   * @throws LevinException where it must not or cannot be loaded
   */
  static synchronized DoorFunctions functions() {
    if (functions == null) {
      Availability availability = Guard.check();
      if (!availability.isAvailable()) {
        throw closed(availability.reason());
      }
      functions = unpacked();
    }
    return functions;
  }

  private static DoorFunctions unpacked() {
    try (InputStream library = Door.class.getResourceAsStream(FILE);
        InputStream sum = Door.class.getResourceAsStream(FILE + ".sha256")) {
      if (library == null || sum == null) {
        throw closed("its native part is missing from the bundle");
      }
      byte[] bytes = checked(library.readAllBytes(), sum.readAllBytes());
      Path file = Files.createTempFile("liblevin_gloo", ".so");
      try {
        Files.write(file, bytes);
        return load(file);
      } finally {
        Files.delete(file); // the process keeps what it has mapped
      }
    } catch (IOException e) {
      throw closed("its native part cannot be unpacked: " + e.getMessage());
    }
  }

  /** The bytes, if they are those that the checksum was made of. */
  static byte[] checked(byte[] library, byte[] sum) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(library);
      String expected = new String(sum, StandardCharsets.US_ASCII).strip().split("\\s+")[0];
      String actual = HexFormat.of().formatHex(digest);
      if (!actual.equals(expected)) {
        throw closed("its native part is damaged: SHA-256 %s, not %s".formatted(actual, expected));
      }
      return library;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Loads a door from a file; every symbol it needs must be there. */
  static DoorFunctions load(Path file) {
    try {
      DoorFunctions door =
          Native.load(
              file.toString(), DoorFunctions.class, Map.of(Library.OPTION_OPEN_FLAGS, RTLD_NOW));
      int version = door.levin_door_version();
      if (version != DoorFunctions.VERSION) {
        NativeLibrary.getInstance(file.toString()).close();
        throw closed(
            "its native part has interface %d, not %d".formatted(version, DoorFunctions.VERSION));
      }
      return door;
    } catch (UnsatisfiedLinkError e) {
      throw closed("its native part cannot be loaded: " + e.getMessage());
    }
  }

  private static LevinException closed(String reason) {
    return LevinException.environment(
        "Processes cannot be joined with Gloo here: %s.".formatted(reason),
        "Run one process, or use the libtorch that Levin brings, on Linux x86-64.");
  }
}
