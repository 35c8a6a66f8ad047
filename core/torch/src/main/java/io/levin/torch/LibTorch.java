package io.levin.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The loaded libtorch, for the few things that no operation of TorchScript reaches. Its symbols are
 * those of the C++ ABI of Linux and macOS; elsewhere they are absent.
 */
final class LibTorch {
  private static final class Holder {
    private static final Optional<NativeLibrary> LIBRARY = load();
  }

  private LibTorch() {}

  /** A function by its mangled name, or nothing where it does not exist. */
  static Optional<Function> find(String symbol) {
    return Holder.LIBRARY.flatMap(
        library -> {
          try {
            return Optional.of(library.getFunction(symbol));
          } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
          }
        });
  }

  /** The address of a variable by its mangled name, or nothing where it does not exist. */
  static Optional<Pointer> variable(String symbol) {
    return Holder.LIBRARY.flatMap(
        library -> {
          try {
            return Optional.of(library.getGlobalVariableAddress(symbol));
          } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
          }
        });
  }

  /** Why these functions cannot be called; empty when they can. */
  static String missing(String... symbols) {
    if (Holder.LIBRARY.isEmpty()) {
      return "libtorch_cpu was not found in " + LibUtils.getLibtorchPath();
    }
    return Arrays.stream(symbols)
        .filter(symbol -> find(symbol).isEmpty())
        .findFirst()
        .map(symbol -> "this libtorch has no function " + symbol)
        .orElse("");
  }

  static Function function(String symbol) {
    return find(symbol)
        .orElseThrow(
            () ->
                new UnsupportedOperationException(
                    "This libtorch has no function '%s'; use the one that Levin brings, on Linux"
                            .formatted(symbol)
                        + " x86-64."));
  }

  /** The library that the engine has loaded already: opening it again gives the same one. */
  private static Optional<NativeLibrary> load() {
    Engine.getInstance();
    Path folder = Path.of(LibUtils.getLibtorchPath());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(lib)?torch_cpu\\.(so|dylib|dll)"))
          .findFirst()
          .map(file -> NativeLibrary.getInstance(file.toString()));
    } catch (IOException | UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
