package io.levin.checkpoint.torch;

import io.levin.checkpoint.CheckpointIO;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import org.osgi.service.component.annotations.Component;

/** Offers PyTorch's own files, the default everywhere that brings no other. */
@Component(service = Offer.class, configurationPid = "TorchCheckpointIO")
public final class TorchCheckpointOffer implements Offer<CheckpointIO> {
  @Override
  public Family family() {
    return Family.CHECKPOINT_IO;
  }

  @Override
  public String name() {
    return "TorchCheckpointIO";
  }

  @Override
  public Answer answer(Request request) {
    return Answer.fits(Specificity.FALLBACK, "files that PyTorch reads and writes too");
  }

  @Override
  public CheckpointIO create(Creation creation) {
    return new TorchCheckpointIO();
  }
}
