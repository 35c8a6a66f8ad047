package io.levin.cluster.gloo;

import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Platform;
import io.levin.accelerator.Availability;
import io.levin.engine.Engines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets the door be loaded beside the one libtorch it was made for: it knows how that one lays out
 * its process groups, and no other.
 */
final class Guard {
  static final String VERSION = "2.7.1";
  static final String BUILD_ID = "796043bcfcdb6c767c3257bf0a1bb094becc6be7";

  private Guard() {}

  /**
   * What can be said before the engine has started: which library it would start. Throws nothing.
   */
  static Availability foresee() {
    Availability platform = platform();
    if (!platform.isAvailable()) {
      return platform;
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Platform.class.getClassLoader()); // the natives lie beside it
    try {
      String version = Platform.detectPlatform("pytorch").getVersion();
      return version(version.replaceFirst("-.*", ""));
    } catch (RuntimeException e) {
      return Availability.unavailable("no libtorch was found: " + e.getMessage());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The same, and to the byte, of the libtorch that the engine has loaded. */
  static Availability check() {
    Engines.start();
    Availability platform = platform();
    return platform.isAvailable()
        ? check(LibUtils.getVersion(), Path.of(LibUtils.getLibtorchPath(), "libtorch_cpu.so"))
        : platform;
  }

  private static Availability platform() {
    String os = System.getProperty("os.name", "");
    String arch = System.getProperty("os.arch", "");
    return os.equals("Linux") && (arch.equals("amd64") || arch.equals("x86_64"))
        ? Availability.available(1, "linux-x86_64")
        : Availability.unavailable(
            "its native part is made for linux-x86_64, and this is %s-%s"
                .formatted(os.toLowerCase(Locale.ROOT), arch));
  }

  private static Availability version(String version) {
    return version.equals(VERSION)
        ? Availability.available(1, "Gloo in libtorch " + VERSION)
        : Availability.unavailable(
            "its native part is made for libtorch %s, and this is %s".formatted(VERSION, version));
  }

  /**
   * @param version what DJL says the library is
   */
  static Availability check(String version, Path library) {
    Availability named = version(version);
    if (!named.isAvailable()) {
      return named;
    }
    try {
      Optional<String> id = BuildId.of(library);
      return id.equals(Optional.of(BUILD_ID))
          ? named
          : Availability.unavailable(
              "its native part is made for the libtorch %s that DJL brings (build %s), and %s is build %s"
                  .formatted(VERSION, BUILD_ID, library, id.orElse("unknown")));
    } catch (IOException | RuntimeException e) {
      return Availability.unavailable("%s cannot be read: %s".formatted(library, e.getMessage()));
    }
  }
}
