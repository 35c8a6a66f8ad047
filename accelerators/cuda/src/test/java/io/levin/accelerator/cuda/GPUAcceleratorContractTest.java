package io.levin.accelerator.cuda;

import io.levin.accelerator.Accelerator;
import io.levin.plan.Offer;
import io.levin.testkit.accelerator.AcceleratorContract;

class GPUAcceleratorContractTest extends AcceleratorContract {
  @Override
  protected Offer<Accelerator> offer() {
    return new GPUAcceleratorOffer();
  }

  @Override
  protected String kind() {
    return "gpu";
  }
}
