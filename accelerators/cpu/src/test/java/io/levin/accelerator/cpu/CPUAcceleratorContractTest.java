package io.levin.accelerator.cpu;

import io.levin.accelerator.Accelerator;
import io.levin.plan.Offer;
import io.levin.testkit.accelerator.AcceleratorContract;

class CPUAcceleratorContractTest extends AcceleratorContract {
  @Override
  protected Offer<Accelerator> offer() {
    return new CPUAcceleratorOffer();
  }

  @Override
  protected String kind() {
    return "cpu";
  }

  @Override
  protected boolean isEverywhere() {
    return true;
  }

  @Override
  protected boolean takesLists() {
    return false;
  }
}
