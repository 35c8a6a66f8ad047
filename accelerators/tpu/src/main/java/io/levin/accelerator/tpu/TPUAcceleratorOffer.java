package io.levin.accelerator.tpu;

import io.levin.LevinException;
import io.levin.accelerator.Accelerator;
import io.levin.accelerator.AcceleratorOffer;
import io.levin.accelerator.Availability;
import io.levin.accelerator.DeviceFiles;
import io.levin.accelerator.DeviceIndices;
import io.levin.accelerator.EmulatedAccelerator;
import io.levin.arguments.Devices;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import io.levin.torch.LazyDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers TPUs, by their cores. */
@Component(service = Offer.class)
public final class TPUAcceleratorOffer extends AcceleratorOffer {
  private static final int CORES = 8;

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

  /** Chips show as accel devices, newer ones as devices of their own groups behind VFIO. */
  @Override
  protected Availability probe(Surroundings surroundings) {
    DeviceFiles files = DeviceFiles.of(surroundings);
    Optional<Path> library = files.library("libtpu.so", "/home/tpu", "/usr/share/tpu");
    int chips = files.count("/dev", "accel[0-9]*");
    if (chips == 0 && library.isPresent()) {
      chips = files.count("/dev/vfio", "[0-9]*");
    }
    if (chips == 0) {
      return Availability.unavailable("no TPU: /dev/accel* not found" + besides(library));
    }
    return Availability.available(
        CORES, "%d TPU chip%s found%s".formatted(chips, chips == 1 ? "" : "s", besides(library)));
  }

  private static String besides(Optional<Path> library) {
    return library.map(path -> ", with " + path).orElse(", without libtpu.so");
  }

  @Override
  protected Availability engine(Surroundings surroundings) {
    return Availability.unavailable("this version has no engine for TPUs");
  }

  @Override
  protected int emulated() {
    return CORES;
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

  /** Any number of cores that a TPU has: a laptop cannot do with eight. */
  @Override
  protected List<Integer> selectEmulated(Devices devices, int there) {
    int count = devices.count().orElse(0);
    return count >= 1 && count <= there ? DeviceIndices.first(count) : select(devices, there);
  }

  @Override
  protected String emulator() {
    String missing = LazyDevice.foreseen();
    return missing.isEmpty()
        ? "libtorch's lazy device"
        : "the CPU (there is no lazy device: %s)".formatted(missing);
  }

  @Override
  public Accelerator create(Creation creation) {
    EmulatedAccelerator onCpu = emulatedOnly(creation);
    if (!LazyDevice.foreseen().isEmpty()) {
      return onCpu;
    }
    try {
      return new LazyTPU(name(), LazyDevice.open(0));
    } catch (UnsupportedOperationException | IllegalStateException e) {
      throw LevinException.environment(
          "The TPU cannot be emulated on libtorch's lazy device: %s.".formatted(e.getMessage()),
          "Use the libtorch that Levin brings, or give --accelerator cpu.");
    }
  }
}
