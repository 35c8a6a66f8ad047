package io.levin.accelerator.ipu;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.accelerator.Availability;
import io.levin.accelerator.DeviceFiles;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices and libraries that are only names in a folder, as a driver would leave them. */
class IPUDetectionTest {
  @TempDir private Path root;

  private Availability found(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put(DeviceFiles.ROOT, root.toString());
    return new IPUAcceleratorOffer().devices(Surroundings.of(environment, "n1", Hardware.here()));
  }

  private void file(String name, String content) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), content);
  }

  @Test
  void withoutDevicesTheReasonSaysWhatWasLookedFor() {
    assertThat(found(Map.of()))
        .isEqualTo(Availability.unavailable("no IPU: /dev/ipu* not found, without libpoplar.so"));
  }

  @Test
  void devicesAreFoundWithTheDriverAndTheLibraryOfTheSdkThatIsEnabled() throws IOException {
    file("dev/ipu0", "");
    file("dev/ipu0_mem", "");
    file("sys/module/ipu_driver/version", "1.1.7");
    assertThat(found(Map.of()).reason()).contains("driver 1.1.7, without libpoplar.so");
    file("sdk/lib/libpoplar.so", "");
    assertThat(found(Map.of("POPLAR_SDK_ENABLED", "/sdk")).reason())
        .endsWith(", with " + root.resolve("sdk/lib/libpoplar.so"));
  }

  @Test
  void aStrangeFolderIsNoFailure() {
    assertThat(found(Map.of("LD_LIBRARY_PATH", "\u0000:/usr")).isAvailable()).isFalse();
  }
}
