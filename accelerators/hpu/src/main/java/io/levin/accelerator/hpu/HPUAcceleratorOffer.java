package io.levin.accelerator.hpu;

import io.levin.accelerator.Accelerator;
import io.levin.accelerator.AcceleratorOffer;
import io.levin.accelerator.Availability;
import io.levin.accelerator.DeviceFiles;
import io.levin.accelerator.DeviceIndices;
import io.levin.arguments.Devices;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers Habana's Gaudi processors. */
@Component(service = Offer.class)
public final class HPUAcceleratorOffer extends AcceleratorOffer {
  @Override
  public String name() {
    return "HPUAccelerator";
  }

  @Override
  public Set<String> words() {
    return Set.of("hpu");
  }

  @Override
  protected String kind() {
    return "hpu";
  }

  @Override
  protected int rank() {
    return Specificity.DEVICE + 2;
  }

  /**
   * Older drivers have devices of their own name, newer ones those of the kernel's accelerators.
   */
  @Override
  protected Availability probe(Surroundings surroundings) {
    DeviceFiles files = DeviceFiles.of(surroundings);
    Optional<String> driver = files.firstLine("/sys/module/habanalabs/version");
    int found = files.count("/dev", "hl[0-9]*");
    if (found == 0 && driver.isPresent()) {
      found = files.count("/dev/accel", "accel[0-9]*");
    }
    Optional<Path> library = files.library("libSynapse.so", "/usr/lib/habanalabs");
    String parts =
        driver.map(version -> ", driver " + version).orElse("")
            + library.map(path -> ", with " + path).orElse(", without libSynapse.so");
    return found > 0
        ? Availability.available(
            found, "%d HPU%s found%s".formatted(found, found == 1 ? "" : "s", parts))
        : Availability.unavailable("no HPU: /dev/hl* not found" + parts);
  }

  @Override
  protected Availability engine(Surroundings surroundings) {
    return Availability.unavailable("this version has no engine for HPUs");
  }

  @Override
  protected int emulated() {
    return 8;
  }

  @Override
  protected List<Integer> select(Devices devices, int there) {
    return DeviceIndices.counted(devices, there);
  }

  @Override
  public Accelerator create(Creation creation) {
    return emulatedOnly(creation);
  }
}
