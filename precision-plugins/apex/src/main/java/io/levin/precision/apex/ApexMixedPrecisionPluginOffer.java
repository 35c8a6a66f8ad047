package io.levin.precision.apex;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers mixed precision by Apex's levels, and is the authority for {@code amp-level}. */
@Component(service = Offer.class)
public final class ApexMixedPrecisionPluginOffer extends PrecisionOffer {
  private static final Set<String> LEVELS = Set.of("O0", "O1", "O2", "O3");
  private static final Set<String> SHARDED =
      Set.of("DDPShardedStrategy", "DDPSpawnShardedStrategy", "DDPFullyShardedStrategy");
  private static final String LEVEL = "amp_level";

  @Override
  public String name() {
    return "ApexMixedPrecisionPlugin";
  }

  @Override
  public Set<String> words() {
    return Set.of("16");
  }

  @Override
  public Set<String> options() {
    return Set.of(LEVEL);
  }

  @Override
  public Answer answer(Request request) {
    boolean named = request.named(this).isPresent();
    boolean apex = named || "apex".equals(request.arguments().get(TrainerArguments.AMP_BACKEND));
    List<Conflict> conflicts = new ArrayList<>();
    ApexRules.level(request, apex, LEVELS).ifPresent(conflicts::add);
    if (apex) {
      String precision = named ? "16" : request.precision();
      conflicts.addAll(
          ApexRules.precision(
              precision, request.device(), SHARDED.contains(request.chosen(Family.STRATEGY))));
    }
    if (!conflicts.isEmpty()) {
      return new Answer.Refuses(conflicts);
    }
    if (isAnotherNamed(request) || (!named && !request.precision().equals("16"))) {
      return notConcerned(request);
    }
    return apex
        ? fits(
            Specificity.PARTICULAR, named ? "you named it" : "amp-backend is apex", "mixed", false)
        : Answer.notConcerned("amp-backend is not apex");
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    throw PlannedOnly.cannotRun(
        name(), "give --precision 32, 64 or bf16 and leave out --amp-backend");
  }
}
