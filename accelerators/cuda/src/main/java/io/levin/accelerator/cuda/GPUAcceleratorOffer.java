package io.levin.accelerator.cuda;

import ai.djl.engine.Engine;
import io.levin.LevinException;
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
import java.util.Collections;
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
    return NvidiaDriver.probe(DeviceFiles.of(surroundings), surroundings.environment());
  }

  @Override
  protected Availability engine(Surroundings surroundings) {
    return CudaEngine.availability(surroundings.environment());
  }

  @Override
  protected List<Integer> select(Devices devices, int there) {
    return DeviceIndices.countedOrListed(devices, there);
  }

  @Override
  public Accelerator create(Creation creation) {
    Availability engine = engine(creation.request().surroundings());
    if (!engine.isAvailable()) {
      throw LevinException.environment(
          "GPUAccelerator cannot run: %s.".formatted(engine.reason()),
          "Let PYTORCH_LIBRARY_PATH name a CUDA build of libtorch 2.7.1, or give --accelerator cpu.");
    }
    int seen = Engine.getInstance().getGpuCount();
    int last = Collections.max(creation.plan().devices());
    if (last >= seen) {
      throw LevinException.environment(
          "GPUAccelerator cannot run on device %d: libtorch sees %d GPUs.".formatted(last, seen),
          "Look at nvidia-smi and CUDA_VISIBLE_DEVICES, or give --devices %d."
              .formatted(Math.max(1, seen)));
    }
    return new GPUAccelerator();
  }
}
