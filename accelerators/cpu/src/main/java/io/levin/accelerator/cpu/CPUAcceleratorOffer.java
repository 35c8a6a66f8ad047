package io.levin.accelerator.cpu;

import io.levin.accelerator.Accelerator;
import io.levin.accelerator.AcceleratorOffer;
import io.levin.accelerator.Availability;
import io.levin.accelerator.DeviceIndices;
import io.levin.arguments.Devices;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers the CPU: always there, and what {@code auto} falls back to. */
@Component(service = Offer.class)
public final class CPUAcceleratorOffer extends AcceleratorOffer {
  @Override
  public String name() {
    return "CPUAccelerator";
  }

  @Override
  public Set<String> words() {
    return Set.of("cpu");
  }

  @Override
  protected String kind() {
    return "cpu";
  }

  @Override
  protected int rank() {
    return Specificity.FALLBACK;
  }

  @Override
  protected Availability there(Surroundings surroundings) {
    return Availability.available(1, "no other accelerator is available");
  }

  @Override
  protected Availability probe(Surroundings surroundings) {
    return Availability.available(1, "every machine has one");
  }

  /** A device here is a process, so there are as many as one likes. */
  @Override
  protected List<Integer> select(Devices devices, int there) {
    int count = devices.count().orElse(0);
    if (count < 1 || count > MOST_DEVICES) {
      throw new IllegalArgumentException("a count of processes, from 1 to " + MOST_DEVICES);
    }
    return DeviceIndices.first(count);
  }

  @Override
  public Accelerator create(Creation creation) {
    Integer threads = creation.request().arguments().get(TrainerArguments.THREADS);
    return new CPUAccelerator(threads == null ? share(creation) : threads);
  }

  /** Processes of one machine share its cores, unless the user has said otherwise to OpenMP. */
  private static int share(Creation creation) {
    int processes = creation.plan().parallelDevices();
    boolean isSaid = creation.request().surroundings().environment().containsKey("OMP_NUM_THREADS");
    return processes == 1 || isSaid
        ? 0
        : Math.max(1, Runtime.getRuntime().availableProcessors() / processes);
  }
}
