package io.levin.accelerator.cpu;

import io.levin.accelerator.Accelerator;
import io.levin.accelerator.AcceleratorOffer;
import io.levin.accelerator.Availability;
import io.levin.accelerator.DeviceIndices;
import io.levin.arguments.Devices;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Settings;
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

  /** Fits say how many threads each process gets, where the machine is this one. */
  @Override
  public Answer answer(Request request) {
    Answer answer = super.answer(request);
    boolean isDescribed = request.surroundings().hardware().declared(kind()).isPresent();
    if (!(answer instanceof Answer.Fits fits) || isDescribed) {
      return answer;
    }
    List<?> processes = (List<?>) fits.settings().get(Settings.DEVICES);
    Threads threads =
        Threads.choose(request, Runtime.getRuntime().availableProcessors(), processes.size());
    return fits.with(Settings.THREADS, threads.count()).with(Settings.THREADS_FROM, threads.from());
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
    Integer asked = creation.request().arguments().get(TrainerArguments.THREADS);
    Object chosen = creation.fits(family()).settings().get(Settings.THREADS);
    return new CPUAccelerator(
        chosen instanceof Integer threads ? threads : asked == null ? 0 : asked);
  }
}
