package io.levin.accelerator.ipu;

import io.levin.accelerator.Accelerator;
import io.levin.plan.Offer;
import io.levin.testkit.accelerator.AcceleratorContract;

class IPUAcceleratorContractTest extends AcceleratorContract {
  @Override
  protected Offer<Accelerator> offer() {
    return new IPUAcceleratorOffer();
  }

  @Override
  protected String kind() {
    return "ipu";
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
