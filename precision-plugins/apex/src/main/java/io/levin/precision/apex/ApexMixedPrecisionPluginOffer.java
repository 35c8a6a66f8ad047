package io.levin.precision.apex;

import io.levin.arguments.TrainerArguments;
import io.levin.engine.Mends;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
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
  private static final Set<String> SHARDED =
      Set.of("DDPShardedStrategy", "DDPSpawnShardedStrategy", "DDPFullyShardedStrategy");
  private static final String LEVEL = "amp_level";
  private static final String LOSS_SCALE = "loss_scale";

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
    return Set.of(LEVEL, LOSS_SCALE);
  }

  @Override
  public Answer answer(Request request) {
    boolean named = request.named(this).isPresent();
    boolean apex = named || "apex".equals(request.arguments().get(TrainerArguments.AMP_BACKEND));
    List<Conflict> conflicts = new ArrayList<>();
    ApexRules.level(request, apex).ifPresent(conflicts::add);
    option(request, LEVEL).flatMap(ApexRules::unknownLevel).ifPresent(conflicts::add);
    option(request, LOSS_SCALE).flatMap(ApexRules::wrongScale).ifPresent(conflicts::add);
    if (apex) {
      boolean sharded = SHARDED.contains(request.chosen(Family.STRATEGY));
      conflicts.addAll(
          named
              ? ApexRules.named(sharded)
              : ApexRules.asked(request.precision(), request.device(), sharded));
    }
    if (!conflicts.isEmpty()) {
      return new Answer.Refuses(conflicts);
    }
    if (isAnotherNamed(request) || (!named && !request.precision().equals("16"))) {
      return notConcerned(request);
    }
    return apex ? fit(request, named) : Answer.notConcerned("amp-backend is not apex");
  }

  private static Answer.Fits fit(Request request, boolean named) {
    Answer.Fits fits =
        fits(
            Specificity.PARTICULAR, named ? "you named it" : "amp-backend is apex", "mixed", false);
    return request.device().equals("cpu")
        ? fits.warning("Apex's 16 bits are slower than 32 on the CPU; bf16 is faster.")
        : fits;
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    demand(
        "Levin's mends of DJL",
        Mends.missing(),
        "Put levin-engine ahead of DJL's jars on the class path.");
    Request request = creation.request();
    String level =
        option(request, LEVEL).orElseGet(() -> request.arguments().get(TrainerArguments.AMP_LEVEL));
    return new ApexMixedPrecisionPlugin(
        level == null ? ApexLevel.O2 : ApexLevel.valueOf(level),
        option(request, LOSS_SCALE).orElse(null));
  }
}
