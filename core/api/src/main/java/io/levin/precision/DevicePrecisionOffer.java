package io.levin.precision;

import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An {@link Offer} of a precision plugin that belongs to one kind of device, as a skeleton. On such
 * a device no other plugin computes.
 */
public abstract class DevicePrecisionOffer extends PrecisionOffer {
  /** The kind of device, for example {@code hpu}. */
  protected abstract String kind();

  /** Names of all precision plugins for this kind of device, this one among them. */
  protected abstract Set<String> siblings();

  /**
   * The precisions that this kind of device does not do. Exactly one of the siblings names them,
   * and speaks against foreign plugins too.
   */
  protected abstract Set<String> impossible();

  /** What this plugin makes of a precision asked for. */
  protected String substituted(String precision) {
    return precision;
  }

  /** What else stands against a request on such a device; the plugin's own options, say. */
  protected Optional<Conflict> objection(Request request) {
    return Optional.empty();
  }

  @Override
  public final Answer answer(Request request) {
    boolean named = request.named(this).isPresent();
    if (!request.device().equals(kind())) {
      return named && request.device().isEmpty()
          ? fits(
              Specificity.DEVICE,
              "you named it",
              precision(request, words().iterator().next()),
              false)
          : Answer.notConcerned("it is made for " + kind().toUpperCase(Locale.ROOT) + "s");
    }
    List<Conflict> conflicts = new ArrayList<>();
    if (impossible().contains(request.precision())) {
      conflicts.add(cannot(request));
    }
    if (isAnotherNamed(request) && !impossible().isEmpty()) {
      request
          .named(Family.PRECISION)
          .filter(other -> !siblings().contains(other.name()))
          .ifPresent(other -> conflicts.add(foreign(other)));
    }
    disagreement(request).ifPresent(conflicts::add);
    if (!isAnotherNamed(request)) {
      objection(request).ifPresent(conflicts::add);
    }
    if (!conflicts.isEmpty()) {
      return new Answer.Refuses(conflicts);
    }
    boolean wanted = named || (!isAnotherNamed(request) && words().contains(request.precision()));
    return wanted ? fit(request, named) : notConcerned(request);
  }

  private Answer.Fits fit(Request request, boolean named) {
    String standard = words().contains("32") ? "32" : "bf16";
    String asked = precision(request, standard);
    String precision = substituted(asked);
    Answer.Fits fits =
        fits(
            Specificity.DEVICE,
            named ? "you named it" : "the accelerator is " + kind(),
            precision,
            false);
    return precision.equals(asked)
        ? fits
        : fits.warning(
            "precision %s becomes %s on accelerator %s.".formatted(asked, precision, kind()));
  }

  private Conflict cannot(Request request) {
    Set<String> possible = new TreeSet<>(Set.of("16", "32", "64", "bf16"));
    possible.removeAll(impossible());
    return Conflict.of(
        "Accelerator %s does not do precision %s.".formatted(kind(), request.precision()),
        "Give --precision %s.".formatted(String.join(" or ", possible)),
        TrainerArguments.PRECISION,
        TrainerArguments.ACCELERATOR);
  }

  private Conflict foreign(PluginReference other) {
    return Conflict.of(
        "%s does not run on accelerator %s.".formatted(other, kind()),
        "Leave it out: accelerator %s has %s."
            .formatted(kind(), String.join(" and ", new TreeSet<>(siblings()))),
        TrainerArguments.PLUGINS,
        TrainerArguments.ACCELERATOR);
  }
}
