package io.levin.precision.amp;

import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.engine.Mends;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Creation;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import io.levin.precision.PrecisionOffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the three native mixed-precision plugins have in common: 16 and bf16, by libtorch itself.
 */
abstract class AmpOffer extends PrecisionOffer {
  private static final Set<String> COMPUTED_BY_THE_CPU = Set.of("cpu", "lazy");

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
    Set<String> names = new TreeSet<>(ScalerOptions.NAMES);
    names.add(PRECISION_OPTION);
    return names;
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
    return disagreement(request)
        .or(() -> scalerConflict(request))
        .<Answer>map(Answer::refuses)
        .orElseGet(
            () -> fit(request, named ? "you named it" : "precision is " + request.precision()));
  }

  private Answer.Fits fit(Request request, String why) {
    Answer.Fits fits = onDevice(request, why);
    return hasAutocast(System.getProperty("os.name"))
        ? fits
        : fits.warning(
            "libtorch's autocast cannot be reached on Windows: products are cast one by one.");
  }

  /** libtorch's functions are called by the names that the C++ of Linux and macOS gives them. */
  static boolean hasAutocast(String system) {
    return !system.startsWith("Windows");
  }

  private Answer.Fits onDevice(Request request, String why) {
    String precision = precision(request, "16");
    if (!precision.equals("16") || !COMPUTED_BY_THE_CPU.contains(request.device())) {
      return fits(specificity(), why, precision, precision.equals("16"));
    }
    if (given(request).containsKey(PRECISION_OPTION)) {
      return fits(specificity(), why, "16", true)
          .warning("precision 16 is slower than 32 on the CPU, bf16 is faster.");
    }
    return fits(specificity(), why, "bf16", false)
        .warning("precision 16 becomes bf16 on the CPU, which does not compute in 16.");
  }

  private Map<String, String> given(Request request) {
    return request.named(this).map(PluginReference::options).orElse(Map.of());
  }

  /** What is wrong with the scaler's options; nothing when none is given. */
  private Optional<Conflict> scalerConflict(Request request) {
    Set<String> names = new TreeSet<>(given(request).keySet());
    names.retainAll(ScalerOptions.NAMES);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    if (!"16".equals(fit(request, "").settings().get(Settings.PRECISION))) {
      return Optional.of(
          Conflict.of(
              "bf16 does not use a scaler, but %s is given.".formatted(String.join(", ", names)),
              "Leave it out, or give %s:precision=16 with it.".formatted(name()),
              TrainerArguments.PLUGINS));
    }
    try {
      ScalerOptions.read(given(request));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          Conflict.of(
              "%s: %s.".formatted(name(), e.getMessage()),
              "Leave it out: PyTorch's own values are usual.",
              TrainerArguments.PLUGINS));
    }
  }

  /** Without them an array of bf16 may end the process. */
  protected final void demandMends() {
    demand(
        "Levin's mends of DJL",
        Mends.missing(),
        "Put levin-engine ahead of DJL's jars on the class path.");
  }

  /** The scaler's options as they were given. */
  protected final ScalerOptions scaler(Creation creation) {
    return ScalerOptions.read(given(creation.request()));
  }
}
