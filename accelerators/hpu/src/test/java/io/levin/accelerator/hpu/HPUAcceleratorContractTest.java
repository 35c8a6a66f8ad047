package io.levin.accelerator.hpu;

import io.levin.accelerator.Accelerator;
import io.levin.plan.Offer;
import io.levin.testkit.accelerator.AcceleratorContract;

class HPUAcceleratorContractTest extends AcceleratorContract {
  @Override
  protected Offer<Accelerator> offer() {
    return new HPUAcceleratorOffer();
  }

  @Override
  protected String kind() {
    return "hpu";
  }

  @Override
  protected boolean takesLists() {
    return false;
  }

  @Override
  protected boolean canBeEmulated() {
    return true;
  }
}
