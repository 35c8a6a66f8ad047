package io.levin.checkpoint.devices;

import io.levin.checkpoint.CheckpointIO;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import org.osgi.service.component.annotations.Component;

/** Offers checkpoints of HPU runs, whose arrays come to the host first. */
@Component(service = Offer.class, configurationPid = "HPUCheckpointIO")
public final class HPUCheckpointIOOffer implements Offer<CheckpointIO> {
  @Override
  public Family family() {
    return Family.CHECKPOINT_IO;
  }

  @Override
  public String name() {
    return "HPUCheckpointIO";
  }

  @Override
  public Answer answer(Request request) {
    if (request.asksFor(this)) {
      return Answer.fits(Specificity.DEVICE, "you named it");
    }
    return request.device().equals("hpu")
        ? Answer.fits(Specificity.DEVICE, "the accelerator is hpu")
        : Answer.notConcerned("it is made for HPUs");
  }

  @Override
  public CheckpointIO create(Creation creation) {
    return new HPUCheckpointIO();
  }
}
