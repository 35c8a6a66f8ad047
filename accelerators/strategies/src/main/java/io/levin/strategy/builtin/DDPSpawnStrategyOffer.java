package io.levin.strategy.builtin;

import ai.djl.Device;
import io.levin.cluster.World;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.strategy.Strategy;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers DDP with processes that every fit starts anew; the default for several devices. */
@Component(service = Offer.class)
public final class DDPSpawnStrategyOffer extends ProcessesOffer {
  @Override
  public String name() {
    return "DDPSpawnStrategy";
  }

  @Override
  public Set<String> words() {
    return Spawning.words();
  }

  @Override
  protected String word() {
    return "ddp_spawn";
  }

  @Override
  public Answer answer(Request request) {
    boolean named = request.named(Family.STRATEGY).isPresent();
    if (named || !Spawning.isAskedFor(request)) {
      return super.answer(request);
    }
    if (Spawning.isDoneAlready(request)) {
      return Answer.notConcerned(
          request.chosen(Family.CLUSTER_ENVIRONMENT) + " started the processes");
    }
    Answer.Fits fits =
        fits(
            request,
            Asked.forAnother(request)
                ? "you asked for it"
                : "there are " + request.parallelDevices() + " devices");
    return Spawning.isExternal(request)
        ? fits.warning(
            "%s started the processes already; DDPSpawnStrategy joins them and spawns none."
                .formatted(request.chosen(Family.CLUSTER_ENVIRONMENT)))
        : fits;
  }

  @Override
  protected Strategy create(Creation creation, Device device) {
    return new DDPStrategy(
        name(),
        device,
        World.join(creation, ProcessesOptions.timeout(creation)),
        !ProcessesOptions.word(creation).endsWith("find_unused_parameters_false"));
  }
}
