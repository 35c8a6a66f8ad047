package io.levin.precision;

import io.levin.LevinException;
import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import java.util.Optional;
import java.util.TreeSet;

/** An {@link Offer} of a precision plugin, with what all of them have in common. */
public abstract class PrecisionOffer implements Offer<PrecisionPlugin> {
  /** The option with which a plugin that serves several precisions is told which. */
  protected static final String PRECISION_OPTION = "precision";

  @Override
  public final Family family() {
    return Family.PRECISION;
  }

  /** A fit that computes in {@code precision}. */
  protected static Answer.Fits fits(int specificity, String why, String precision, boolean scaler) {
    return Answer.fits(specificity, why)
        .with(Settings.PRECISION, precision)
        .with(Settings.SCALER, scaler);
  }

  /** Whether the user named another plugin. */
  protected final boolean isAnotherNamed(Request request) {
    return request.named(Family.PRECISION).isPresent() && request.named(this).isEmpty();
  }

  /** Completes "not chosen because …" for a request about something else. */
  protected final Answer.NotConcerned notConcerned(Request request) {
    return Answer.notConcerned(
        request
            .named(Family.PRECISION)
            .map(named -> "you named " + named)
            .orElse("precision is " + request.precision()));
  }

  /**
   * The precision this plugin is to have: its option, else the argument, else {@code otherwise}.
   */
  protected final String precision(Request request, String otherwise) {
    return option(request).or(() -> request.word(Family.PRECISION)).orElse(otherwise);
  }

  /** What is wrong with the option, by itself or beside the argument. */
  protected final Optional<Conflict> disagreement(Request request) {
    Optional<String> option = option(request);
    if (option.isEmpty()) {
      return Optional.empty();
    }
    if (!words().contains(option.get())) {
      return Optional.of(
          Conflict.of(
              "%s does not do precision %s.".formatted(name(), option.get()),
              "Give %s:precision=%s.".formatted(name(), String.join("|", new TreeSet<>(words()))),
              TrainerArguments.PLUGINS));
    }
    return request
        .word(Family.PRECISION)
        .filter(word -> words().contains(word) && !word.equals(option.get()))
        .map(
            word ->
                Conflict.of(
                    "precision %s and the plugin %s say different things."
                        .formatted(word, request.named(this).orElseThrow()),
                    "Leave out --precision.",
                    TrainerArguments.PRECISION,
                    TrainerArguments.PLUGINS));
  }

  private Optional<String> option(Request request) {
    return option(request, PRECISION_OPTION).map(TrainerArguments.PRECISION::read);
  }

  /** The option of the plugin that was named; nothing when it was not given. */
  protected final Optional<String> option(Request request, String option) {
    return request.named(this).map(PluginReference::options).map(options -> options.get(option));
  }

  /**
   * Demands something of the installation before the plugin is made.
   *
   * @param missing why it is not there; empty when it is
   * @throws LevinException when it is not
   */
  protected final void demand(String what, String missing, String hint) {
    if (!missing.isEmpty()) {
      throw LevinException.environment("%s needs %s: %s.".formatted(name(), what, missing), hint);
    }
  }
}
