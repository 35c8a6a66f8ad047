package io.levin.accelerator.cuda;

import io.levin.LevinException;
import io.levin.accelerator.Accelerator;
import io.levin.accelerator.AcceleratorOffer;
import io.levin.accelerator.Availability;
import io.levin.accelerator.DeviceIndices;
import io.levin.arguments.Devices;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers NVIDIA GPUs. */
@Component(service = Offer.class)
public final class GPUAcceleratorOffer extends AcceleratorOffer {
  @Override
  public String name() {
    return "GPUAccelerator";
  }

  @Override
  public Set<String> words() {
    return Set.of("gpu", "cuda");
  }

  @Override
  protected String kind() {
    return "gpu";
  }

  @Override
  protected int rank() {
    return Specificity.DEVICE + 1;
  }

  @Override
  protected Availability probe(Surroundings surroundings) {
    return NvidiaDriver.probe(surroundings.environment());
  }

  @Override
  protected Availability engine() {
    return CudaEngine.availability();
  }

  @Override
  protected List<Integer> select(Devices devices, int there) {
    return DeviceIndices.countedOrListed(devices, there);
  }

  @Override
  public Accelerator create(Creation creation) {
    if (!CudaEngine.availability().isAvailable()) {
      throw LevinException.environment(
          "GPUAccelerator cannot run: %s.".formatted(CudaEngine.availability().reason()),
          "Put a CUDA build of libtorch in its place, or give --accelerator cpu.");
    }
    return new GPUAccelerator();
  }
}
