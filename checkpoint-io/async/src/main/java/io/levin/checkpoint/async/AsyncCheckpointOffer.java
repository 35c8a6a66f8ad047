package io.levin.checkpoint.async;

import io.levin.arguments.TrainerArguments;
import io.levin.checkpoint.CheckpointIO;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Offers to write behind the training, through whichever CheckpointIO would be taken without it or
 * is named: {@code AsyncCheckpointIO:inner=SafetensorsCheckpointIO;pending=2}.
 */
@Component(service = Offer.class, configurationPid = "AsyncCheckpointIO")
public final class AsyncCheckpointOffer implements Offer<CheckpointIO> {
  private static final String INNER = "inner";
  private static final String PENDING = "pending";

  @Override
  public Family family() {
    return Family.CHECKPOINT_IO;
  }

  @Override
  public String name() {
    return "AsyncCheckpointIO";
  }

  @Override
  public Set<String> options() {
    return Set.of(INNER, PENDING);
  }

  @Override
  public Answer answer(Request request) {
    if (!request.asksFor(this)) {
      return Answer.notConcerned("it is taken when you name it");
    }
    Map<String, String> options = request.named(this).orElseThrow().options();
    List<Offer<?>> others =
        request.offers(family()).stream().filter(offer -> !offer.name().equals(name())).toList();
    Optional<Offer<?>> inner =
        options.containsKey(INNER)
            ? others.stream().filter(o -> o.name().equals(options.get(INNER))).findFirst()
            : best(others, request);
    Answer.Fits fits =
        Answer.fits(
            Specificity.PARTICULAR,
            "you named it; it writes with %s".formatted(inner.map(Offer::name).orElse("nothing")));
    fits =
        inner.isPresent()
            ? fits.with(INNER, inner.get())
            : fits.objecting(unknown(options.get(INNER), others));
    String pending = options.getOrDefault(PENDING, "1");
    return pending.matches("[1-9][0-9]{0,2}")
        ? fits.with(PENDING, Integer.parseInt(pending))
        : fits.objecting(
            Conflict.of(
                "pending of AsyncCheckpointIO is '%s', but must be a number from 1 on."
                    .formatted(pending),
                "Leave it out, or give the number of checkpoints that may be in memory at once.",
                TrainerArguments.PLUGINS));
  }

  /** The one that would be taken if this were not there: of equal ones, the highest ranking. */
  private static Optional<Offer<?>> best(List<Offer<?>> others, Request request) {
    record Fit(Offer<?> offer, int specificity) {}
    return others.stream()
        .flatMap(
            offer ->
                offer.answer(request) instanceof Answer.Fits fits
                    ? java.util.stream.Stream.of(new Fit(offer, fits.specificity()))
                    : java.util.stream.Stream.of())
        .reduce((one, other) -> other.specificity() > one.specificity() ? other : one)
        .map(Fit::offer);
  }

  private static Conflict unknown(String inner, List<Offer<?>> others) {
    return Conflict.of(
        inner == null
            ? "AsyncCheckpointIO has no other CheckpointIO to write with."
            : "AsyncCheckpointIO is to write with '%s', which no installed bundle offers."
                .formatted(inner),
        "There are: %s.".formatted(String.join(", ", others.stream().map(Offer::name).toList())),
        TrainerArguments.PLUGINS);
  }

  @Override
  public CheckpointIO create(Creation creation) {
    Answer.Fits fits = creation.fits(family());
    Object inner = ((Offer<?>) fits.settings().get(INNER)).create(creation);
    return new AsyncCheckpointIO((CheckpointIO) inner, (Integer) fits.settings().get(PENDING));
  }
}
