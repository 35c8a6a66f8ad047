package io.levin.precision.deepspeed;

import io.levin.arguments.TrainerArguments;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.PlannedOnly;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import io.levin.precision.PrecisionOffer;
import io.levin.precision.PrecisionPlugin;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers the precisions of DeepSpeed's own engine; with that strategy no other plugin computes. */
@Component(service = Offer.class)
public final class DeepSpeedPrecisionPluginOffer extends PrecisionOffer {
  @Override
  public String name() {
    return "DeepSpeedPrecisionPlugin";
  }

  @Override
  public Set<String> words() {
    return Set.of("16", "32", "64", "bf16");
  }

  @Override
  public Set<String> options() {
    return Set.of(PRECISION_OPTION);
  }

  @Override
  public Answer answer(Request request) {
    if (!request.chosen(Family.STRATEGY).equals("DeepSpeedStrategy")) {
      return Answer.notConcerned("it needs strategy deepspeed");
    }
    if (isAnotherNamed(request)) {
      return Answer.refuses(
          Conflict.of(
              "%s does not work with DeepSpeedStrategy, whose engine computes by itself."
                  .formatted(request.named(Family.PRECISION).orElseThrow()),
              "Leave it out, or give --strategy ddp.",
              TrainerArguments.PLUGINS,
              TrainerArguments.STRATEGY));
    }
    Optional<Conflict> disagreement = disagreement(request);
    if (disagreement.isPresent()) {
      return Answer.refuses(disagreement.get());
    }
    String precision = precision(request, "32");
    return words().contains(precision)
        ? fits(Specificity.PARTICULAR + 50, "the strategy is DeepSpeedStrategy", precision, false)
        : notConcerned(request);
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    throw PlannedOnly.cannotRun(name(), "leave out --strategy");
  }
}
