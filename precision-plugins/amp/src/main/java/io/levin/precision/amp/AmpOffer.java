package io.levin.precision.amp;

import io.levin.arguments.TrainerArguments;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Request;
import io.levin.precision.PrecisionOffer;
import java.util.Optional;
import java.util.Set;

/**
 * What the three native mixed-precision plugins have in common: 16 and bf16, by libtorch itself.
 */
abstract class AmpOffer extends PrecisionOffer {
  /** Completes "it needs …" when the chosen strategy is not its own; empty when it is. */
  protected abstract String missing(Request request);

  /** How closely it fits a strategy that is its own. */
  protected abstract int specificity();

  @Override
  public final Set<String> words() {
    return Set.of("16", "bf16");
  }

  @Override
  public final Set<String> options() {
    return Set.of(PRECISION_OPTION);
  }

  @Override
  public final Answer answer(Request request) {
    boolean named = request.named(this).isPresent();
    if (isAnotherNamed(request) || (!named && !words().contains(request.precision()))) {
      return notConcerned(request);
    }
    if (!named && "apex".equals(request.arguments().get(TrainerArguments.AMP_BACKEND))) {
      return Answer.notConcerned("amp-backend is apex");
    }
    String missing = missing(request);
    if (!missing.isEmpty()) {
      return Answer.notConcerned("it needs " + missing);
    }
    Optional<Conflict> disagreement = disagreement(request);
    return disagreement.isPresent()
        ? Answer.refuses(disagreement.get())
        : fit(request, named ? "you named it" : "precision is " + request.precision());
  }

  private Answer.Fits fit(Request request, String why) {
    String precision = precision(request, "16");
    if (precision.equals("16") && request.device().equals("cpu")) {
      return fits(specificity(), why, "bf16", false)
          .warning("precision 16 becomes bf16 on the CPU, which does not compute in 16.");
    }
    return fits(specificity(), why, precision, precision.equals("16"));
  }
}
