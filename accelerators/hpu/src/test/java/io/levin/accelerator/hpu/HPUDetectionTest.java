package io.levin.accelerator.hpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.accelerator.Availability;
import io.levin.accelerator.DeviceFiles;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices and libraries that are only names in a folder, as a driver would leave them. */
class HPUDetectionTest {
  @TempDir private Path root;

  private Availability found() {
    return new HPUAcceleratorOffer()
        .devices(Surroundings.of(Map.of(DeviceFiles.ROOT, root.toString()), "n1", Hardware.here()));
  }

  private void file(String name, String content) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), content);
  }

  @Test
  void withoutDevicesTheReasonSaysWhatWasLookedFor() {
    assertThat(found())
        .isEqualTo(Availability.unavailable("no HPU: /dev/hl* not found, without libSynapse.so"));
  }

  @Test
  void devicesAreFoundUnderEitherNameWithVersions() throws IOException {
    file("dev/hl0", "");
    file("dev/hl1", "");
    file("dev/hl_controlD0", "");
    assertThat(found()).isEqualTo(Availability.available(2, "2 HPUs found, without libSynapse.so"));
    Files.delete(root.resolve("dev/hl0"));
    Files.delete(root.resolve("dev/hl1"));
    file("dev/accel/accel0", "");
    assertThat(found().isAvailable()).as("another vendor's accelerator").isFalse();
    file("sys/module/habanalabs/version", "1.18.0\n");
    file("usr/lib/habanalabs/libSynapse.so", "");
    assertThat(found())
        .isEqualTo(
            Availability.available(
                1,
                "1 HPU found, driver 1.18.0, with "
                    + root.resolve("usr/lib/habanalabs/libSynapse.so")));
  }
}
