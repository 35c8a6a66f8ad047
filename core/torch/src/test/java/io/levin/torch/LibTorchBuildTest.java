package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.LibUtils;
import io.levin.engine.Engines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native part stands beside one libtorch only. */
class LibTorchBuildTest {
  @TempDir private Path folder;
  private Path libtorch;

  @BeforeEach
  void start() {
    Engines.start();
    libtorch = Path.of(LibUtils.getLibtorchPath(), "libtorch_cpu.so");
  }

  @Test
  void theLibtorchThatLevinBringsIsTheRightOne() {
    assertThat(LibTorchBuild.foreseen()).isEmpty();
    assertThat(LibTorchBuild.missing()).isEmpty();
  }

  @Test
  void anotherVersionIsRefusedBeforeItsFileIsOpened() {
    assertThat(LibTorchBuild.missing("2.8.0", folder.resolve("absent")))
        .isEqualTo("its native part is made for libtorch 2.7.1, and this is 2.8.0");
  }

  @Test
  void anotherBuildOfTheSameVersionIsRefused() throws IOException {
    Path other = folder.resolve("libtorch_cpu.so");
    Files.copy(libtorch.resolveSibling("libc10.so"), other);
    assertThat(LibTorchBuild.missing("2.7.1", other))
        .contains(LibTorchBuild.BUILD_ID, other.toString())
        .doesNotContain("unknown");
  }

  @Test
  void filesThatAreNoLibrariesAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "a".repeat(100));
    assertThat(LibTorchBuild.missing("2.7.1", text)).endsWith("is build unknown");
    byte[] hollow = new byte[200];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1}, 0, hollow, 0, 6);
    hollow[0x38] = 1; // one program header, of no size
    assertThat(LibTorchBuild.missing("2.7.1", Files.write(folder.resolve("hollow"), hollow)))
        .contains("cannot be read");
    Path brief = Files.writeString(folder.resolve("brief"), "\u007fELF");
    assertThat(LibTorchBuild.missing("2.7.1", brief)).contains("cannot be read");
    assertThat(LibTorchBuild.missing("2.7.1", folder.resolve("absent"))).contains("cannot be read");
  }

  @Test
  void aDamagedNativePartIsNotLoaded() throws IOException {
    byte[] library = resource("liblevin_lazy.so");
    byte[] sum = resource("liblevin_lazy.so.sha256");
    assertThat(NativeDoor.checked(library, sum)).isSameAs(library);
    library[library.length / 2] ^= 1;
    assertThatThrownBy(() -> NativeDoor.checked(library, sum))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("its native part is damaged: SHA-256 ");
  }

  @Test
  void aLibraryThatIsNoDoorIsNotLoaded() throws IOException {
    Path file = folder.resolve("liblevin_lazy.so");
    Files.write(file, "no library".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> LazyDoor.NATIVE.load(file))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("its native part cannot be loaded");
  }

  @Test
  void whatTheNativeSideSaysIsOneLine() {
    assertThat(
            NativeFailure.cleaned(
                """
                The following operation failed in the TorchScript interpreter.
                Traceback of TorchScript (most recent call last):
                RuntimeError: [/pytorch/third_party/gloo/gloo/transport/tcp/pair.cc:525] Read error
                  [127.0.0.1]:1: Connection reset by peer
                Exception raised from handle at x.cpp:1 (most recent call first):
                frame #0: c10::Error::Error
                """))
        .isEqualTo("Read error [127.0.0.1]:1: Connection reset by peer");
    assertThat(NativeFailure.cleaned(null)).isEmpty();
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = LazyDoor.class.getResourceAsStream("linux-x86_64/" + name)) {
      return in.readAllBytes();
    }
  }
}
