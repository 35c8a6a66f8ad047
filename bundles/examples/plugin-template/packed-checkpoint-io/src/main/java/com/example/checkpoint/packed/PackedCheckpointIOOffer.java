package com.example.checkpoint.packed;

import io.levin.checkpoint.CheckpointIO;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import org.osgi.service.component.annotations.Component;

/** Offers packed files to those who name the plugin. */
@Component(service = Offer.class)
public final class PackedCheckpointIOOffer implements Offer<CheckpointIO> {
  @Override
  public Family family() {
    return Family.CHECKPOINT_IO;
  }

  @Override
  public String name() {
    return "PackedCheckpointIO";
  }

  @Override
  public Answer answer(Request request) {
    return request.asksFor(this)
        ? Answer.fits(Specificity.PARTICULAR, "you named it")
        : Answer.notConcerned("it is taken when you name it");
  }

  @Override
  public CheckpointIO create(Creation creation) {
    return new PackedCheckpointIO();
  }
}
