package io.levin.accelerator.tpu;

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

/** Offers TPUs, by their cores. */
@Component(service = Offer.class)
public final class TPUAcceleratorOffer extends AcceleratorOffer {
  @Override
  public String name() {
    return "TPUAccelerator";
  }

  @Override
  public Set<String> words() {
    return Set.of("tpu");
  }

  @Override
  protected String kind() {
    return "tpu";
  }

  @Override
  protected int rank() {
    return Specificity.DEVICE + 4;
  }

  @Override
  protected Availability probe(Surroundings surroundings) {
    int found = DeviceFiles.count(Path.of("/dev"), "accel[0-9]*");
    return found > 0
        ? Availability.available(8, "%d TPU chips found".formatted(found))
        : Availability.unavailable("no TPU: /dev/accel* not found");
  }

  @Override
  protected Availability engine() {
    return Availability.unavailable("this version has no engine for TPUs");
  }

  @Override
  protected int emulated() {
    return 8;
  }

  /** All cores, one core, or one by its number from 1 on; a text counts as such a number. */
  @Override
  protected List<Integer> select(Devices devices, int there) {
    int count = devices.count().orElse(0);
    if (count == 1 || count == there) {
      return DeviceIndices.first(count);
    }
    List<Integer> one =
        devices.raw() instanceof String && count > 0
            ? List.of(count)
            : devices.indices().orElse(List.of());
    if (one.size() == 1 && one.get(0) >= 1 && one.get(0) <= there) {
      return one;
    }
    throw new IllegalArgumentException(
        "1, %1$d or the number of one core, [1] to [%1$d]".formatted(there));
  }

  @Override
  public Accelerator create(Creation creation) {
    return emulatedOnly(creation);
  }
}
