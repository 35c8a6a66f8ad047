package io.levin.benchmarks.swap.inside;

import io.levin.checkpoint.CheckpointIO;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;

/** Offers the stranger's backend, as good as PyTorch's files: the ranking decides. */
public final class SumsOffer implements Offer<CheckpointIO> {
  @Override
  public Family family() {
    return Family.CHECKPOINT_IO;
  }

  @Override
  public String name() {
    return "SumsCheckpointIO";
  }

  @Override
  public Answer answer(Request request) {
    return Answer.fits(Specificity.FALLBACK, "it is there");
  }

  @Override
  public CheckpointIO create(Creation creation) {
    return new SumsCheckpointIO();
  }
}
