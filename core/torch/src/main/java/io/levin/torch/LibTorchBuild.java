package io.levin.torch;

import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Platform;
import io.levin.engine.Engines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The one build of libtorch that native parts of ours are made for: they know how that one lays out
 * its objects, and no other.
 */
public final class LibTorchBuild {
  /** As libtorch counts itself. */
  public static final String VERSION = "2.7.1";

  static final String BUILD_ID = "796043bcfcdb6c767c3257bf0a1bb094becc6be7";

  private LibTorchBuild() {}

  /**
   * Why a native part cannot be used, as far as can be told before the engine has started: from the
   * library that it would start. Empty when nothing speaks against it; throws nothing.
   */
  public static String foreseen() {
    return Foreseen.MISSING;
  }

  /** Looked for once: what lies on the class path does not change. */
  private static final class Foreseen {
    static final String MISSING = foresee();
  }

  private static String foresee() {
    String platform = platform();
    if (!platform.isEmpty()) {
      return platform;
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Platform.class.getClassLoader()); // the natives lie beside it
    try {
      return version(Platform.detectPlatform("pytorch").getVersion().replaceFirst("-.*", ""));
    } catch (RuntimeException e) {
      return "no libtorch was found: " + e.getMessage();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The same, and to the byte, of the libtorch that the engine has loaded, or loads now. */
  public static String missing() {
    Engines.start();
    String platform = platform();
    return platform.isEmpty()
        ? missing(LibUtils.getVersion(), Path.of(LibUtils.getLibtorchPath(), "libtorch_cpu.so"))
        : platform;
  }

  private static String platform() {
    String os = System.getProperty("os.name", "");
    String arch = System.getProperty("os.arch", "");
    return os.equals("Linux") && (arch.equals("amd64") || arch.equals("x86_64"))
        ? ""
        : "its native part is made for linux-x86_64, and this is %s-%s"
            .formatted(os.toLowerCase(Locale.ROOT), arch);
  }

  private static String version(String version) {
    return version.equals(VERSION)
        ? ""
        : "its native part is made for libtorch %s, and this is %s".formatted(VERSION, version);
  }

  /**
   * @param version what DJL says the library is
   */
  static String missing(String version, Path library) {
    String named = version(version);
    if (!named.isEmpty()) {
      return named;
    }
    try {
      Optional<String> id = BuildId.of(library);
      return id.equals(Optional.of(BUILD_ID))
          ? ""
          : "its native part is made for the libtorch %s that DJL brings (build %s), and %s is build %s"
              .formatted(VERSION, BUILD_ID, library, id.orElse("unknown"));
    } catch (IOException | RuntimeException e) {
      return "%s cannot be read: %s".formatted(library, e.getMessage());
    }
  }
}
