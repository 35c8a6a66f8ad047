package io.levin.accelerator.ipu;

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

/** Offers Graphcore's IPUs. */
@Component(service = Offer.class)
public final class IPUAcceleratorOffer extends AcceleratorOffer {
  @Override
  public String name() {
    return "IPUAccelerator";
  }

  @Override
  public Set<String> words() {
    return Set.of("ipu");
  }

  @Override
  protected String kind() {
    return "ipu";
  }

  @Override
  protected int rank() {
    return Specificity.DEVICE + 3;
  }

  @Override
  protected Availability probe(Surroundings surroundings) {
    DeviceFiles files = DeviceFiles.of(surroundings);
    Optional<Path> library = files.library("libpoplar.so", sdk(surroundings));
    String parts =
        files.firstLine("/sys/module/ipu_driver/version").map(v -> ", driver " + v).orElse("")
            + library.map(path -> ", with " + path).orElse(", without libpoplar.so");
    int found = files.count("/dev", "ipu{[0-9],[0-9][0-9]}");
    return found > 0
        ? Availability.available(
            found, "%d IPU%s found%s".formatted(found, found == 1 ? "" : "s", parts))
        : Availability.unavailable("no IPU: /dev/ipu* not found" + parts);
  }

  /** Where Graphcore's SDK says it is, once it is enabled. */
  private static String sdk(Surroundings surroundings) {
    return surroundings.environment().getOrDefault("POPLAR_SDK_ENABLED", "/opt/poplar") + "/lib";
  }

  @Override
  protected Availability engine(Surroundings surroundings) {
    return Availability.unavailable("this version has no engine for IPUs");
  }

  @Override
  protected int emulated() {
    return 4;
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
