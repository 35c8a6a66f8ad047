package io.levin.accelerator.tpu;

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

/** Chips and libraries that are only names in a folder, as a driver would leave them. */
class TPUDetectionTest {
  @TempDir private Path root;

  private Availability found() {
    return new TPUAcceleratorOffer()
        .devices(Surroundings.of(Map.of(DeviceFiles.ROOT, root.toString()), "n1", Hardware.here()));
  }

  private void file(String name) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.createFile(root.resolve(name));
  }

  @Test
  void withoutChipsTheReasonSaysWhatWasLookedFor() throws IOException {
    assertThat(found())
        .isEqualTo(Availability.unavailable("no TPU: /dev/accel* not found, without libtpu.so"));
    file("usr/lib/libtpu.so");
    assertThat(found().reason())
        .isEqualTo("no TPU: /dev/accel* not found, with " + root.resolve("usr/lib/libtpu.so"));
  }

  @Test
  void chipsAreFoundUnderEitherName() throws IOException {
    file("dev/accel0");
    assertThat(found()).isEqualTo(Availability.available(8, "1 TPU chip found, without libtpu.so"));
    Files.delete(root.resolve("dev/accel0"));
    file("dev/vfio/0");
    file("dev/vfio/1");
    file("dev/vfio/vfio");
    assertThat(found().isAvailable()).as("VFIO serves many devices").isFalse();
    file("lib/libtpu.so");
    assertThat(found().reason()).startsWith("2 TPU chips found, with ");
  }

  @Test
  void nothingRunsThemYetAndTheyCanBeEmulated() {
    TPUAcceleratorOffer offer = new TPUAcceleratorOffer();
    assertThat(offer.runtime(Surroundings.of(Map.of(), "n1", Hardware.here())).reason())
        .isEqualTo("this version has no engine for TPUs");
    assertThat(offer.isEmulated()).isTrue();
  }
}
