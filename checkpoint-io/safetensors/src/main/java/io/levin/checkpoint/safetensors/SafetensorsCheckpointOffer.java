package io.levin.checkpoint.safetensors;

import io.levin.checkpoint.CheckpointIO;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import org.osgi.service.component.annotations.Component;

/**
 * Offers folders of safetensors files to those who name them, or rank them above PyTorch's files.
 */
@Component(
    service = Offer.class,
    configurationPid = "SafetensorsCheckpointIO",
    property = "service.ranking:Integer=-100")
public final class SafetensorsCheckpointOffer implements Offer<CheckpointIO> {
  @Override
  public Family family() {
    return Family.CHECKPOINT_IO;
  }

  @Override
  public String name() {
    return "SafetensorsCheckpointIO";
  }

  @Override
  public Answer answer(Request request) {
    return request.asksFor(this)
        ? Answer.fits(Specificity.PARTICULAR, "you named it")
        : Answer.fits(Specificity.FALLBACK, "folders of files, ranked above other formats");
  }

  @Override
  public CheckpointIO create(Creation creation) {
    return new SafetensorsCheckpointIO();
  }
}
