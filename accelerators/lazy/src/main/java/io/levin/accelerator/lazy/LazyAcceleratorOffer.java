package io.levin.accelerator.lazy;

import io.levin.accelerator.Accelerator;
import io.levin.accelerator.AcceleratorOffer;
import io.levin.accelerator.Availability;
import io.levin.accelerator.DeviceIndices;
import io.levin.arguments.Devices;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import io.levin.torch.LazyDevice;
import io.levin.torch.LibTorchBuild;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers libtorch's lazy device, to those who ask for it. */
@Component(service = Offer.class)
public final class LazyAcceleratorOffer extends AcceleratorOffer {
  /** Devices are numbers and nothing else; so many threads of one process have one each. */
  private static final int DEVICES = 8;

  @Override
  public String name() {
    return "LazyAccelerator";
  }

  @Override
  public Set<String> words() {
    return Set.of("lazy");
  }

  @Override
  protected String kind() {
    return "lazy";
  }

  @Override
  protected int rank() {
    return Specificity.FALLBACK - 1;
  }

  /** It computes where the CPU does, so it is never what {@code auto} means. */
  @Override
  public Answer answer(Request request) {
    return request.asksFor(this)
        ? super.answer(request)
        : Answer.notConcerned("it is taken only if you ask for it");
  }

  @Override
  protected Availability probe(Surroundings surroundings) {
    String missing = LazyDevice.foreseen();
    return missing.isEmpty()
        ? Availability.available(DEVICES, "lazy tensors of libtorch " + LibTorchBuild.VERSION)
        : Availability.unavailable(missing);
  }

  @Override
  protected List<Integer> all(int there) {
    return DeviceIndices.first(1);
  }

  /** One device: a count of 1, or its number. */
  @Override
  protected List<Integer> select(Devices devices, int there) {
    if (devices.count().orElse(0) == 1) {
      return all(there);
    }
    List<Integer> one = devices.indices().orElse(List.of());
    if (one.size() != 1 || one.get(0) >= there) {
      throw new IllegalArgumentException(
          "1, or the number of one device, \"0,\" to \"%d,\"".formatted(there - 1));
    }
    return one;
  }

  @Override
  public Accelerator create(Creation creation) {
    return LazyAccelerator.open(creation.plan().devices().get(0));
  }
}
