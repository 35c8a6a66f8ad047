package io.levin.it.osgi.dropped;

import io.levin.checkpoint.CheckpointIO;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;

/** A backend that is packed into a plugin of its own, with a better ranking than others have. */
public final class DroppedOffer implements Offer<CheckpointIO> {
  @Override
  public Family family() {
    return Family.CHECKPOINT_IO;
  }

  @Override
  public String name() {
    return "DroppedCheckpointIO";
  }

  @Override
  public Answer answer(Request request) {
    return Answer.fits(Specificity.GENERAL, "it is there");
  }

  @Override
  public CheckpointIO create(Creation creation) {
    return new DroppedCheckpointIO();
  }
}
