package io.levin.torch;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A native part of ours beside libtorch, brought into this process once: a resource next to its
 * interface, {@code linux-x86_64/lib<name>.so}, with its checksum in {@code .sha256}.
 *
 * @param <T> its functions
 */
public final class NativeDoor<T extends NativeDoor.Functions> {
  private static final int RTLD_NOW = 2;

  /** What every native part has. */
  public interface Functions extends Library {
    /** The version of the interface that it was built for. */
    int levin_door_version();
  }

  private final Class<T> type;
  private final String name;
  private final int version;
  private T functions;

  /**
   * @param type whose neighbour the resource is
   * @param name of the library, without {@code lib} and {@code .so}
   * @param version of the interface, which the library must have too
   */
  public NativeDoor(Class<T> type, String name, int version) {
    this.type = type;
    this.name = name;
    this.version = version;
  }

  /**
   * The functions, loaded after libtorch, whose symbols they take.
   *
   * @throws UnsupportedOperationException saying why it must not or cannot be loaded
   */
  public synchronized T functions() {
    if (functions == null) {
      String missing = LibTorchBuild.missing();
      if (!missing.isEmpty()) {
        throw closed(missing);
      }
      functions = unpacked();
    }
    return functions;
  }

  private T unpacked() {
    String file = "linux-x86_64/lib%s.so".formatted(name);
    try (InputStream library = type.getResourceAsStream(file);
        InputStream sum = type.getResourceAsStream(file + ".sha256")) {
      if (library == null || sum == null) {
        throw closed("its native part is missing from the bundle");
      }
      byte[] bytes = checked(library.readAllBytes(), sum.readAllBytes());
      Path unpacked = Files.createTempFile("lib" + name, ".so");
      try {
        Files.write(unpacked, bytes);
        return load(unpacked);
      } finally {
        Files.delete(unpacked); // the process keeps what it has mapped
      }
    } catch (IOException e) {
      throw closed("its native part cannot be unpacked: " + e.getMessage());
    }
  }

  /**
   * The bytes, if they are those that the checksum was made of.
   *
   * @throws UnsupportedOperationException when they are not
   */
  public static byte[] checked(byte[] library, byte[] sum) {
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

  /**
   * Loads a native part from a file; every symbol it needs must be there.
   *
   * @throws UnsupportedOperationException when it is none, or one for another interface
   */
  public T load(Path file) {
    try {
      T door = Native.load(file.toString(), type, Map.of(Library.OPTION_OPEN_FLAGS, RTLD_NOW));
      int found = door.levin_door_version();
      if (found != version) {
        NativeLibrary.getInstance(file.toString()).close();
        throw closed("its native part has interface %d, not %d".formatted(found, version));
      }
      return door;
    } catch (UnsatisfiedLinkError e) {
      throw closed(
          "its native part cannot be loaded: " + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  private static UnsupportedOperationException closed(String reason) {
    return new UnsupportedOperationException(reason);
  }
}
