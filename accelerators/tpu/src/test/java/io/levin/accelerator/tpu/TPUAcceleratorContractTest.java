package io.levin.accelerator.tpu;

import io.levin.accelerator.Accelerator;
import io.levin.plan.Offer;
import io.levin.testkit.accelerator.AcceleratorContract;

class TPUAcceleratorContractTest extends AcceleratorContract {
  @Override
  protected Offer<Accelerator> offer() {
    return new TPUAcceleratorOffer();
  }

  @Override
  protected String kind() {
    return "tpu";
  }

  @Override
  protected int several() {
    return 8;
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
