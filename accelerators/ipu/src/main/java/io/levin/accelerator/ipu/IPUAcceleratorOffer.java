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
    int found = DeviceFiles.count(Path.of("/dev"), "ipu[0-9]*");
    return found > 0
        ? Availability.available(found, "%d IPUs found".formatted(found))
        : Availability.unavailable("no IPU: /dev/ipu* not found");
  }

  @Override
  protected Availability engine() {
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
