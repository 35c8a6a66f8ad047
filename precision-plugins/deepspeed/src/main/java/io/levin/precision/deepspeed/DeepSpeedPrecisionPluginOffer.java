package io.levin.precision.deepspeed;

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
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers the precisions of DeepSpeed's own engine; with that strategy no other plugin computes. */
@Component(service = Offer.class)
public final class DeepSpeedPrecisionPluginOffer extends PrecisionOffer {
  private static final String CONFIG = "config";
  private static final String CONFIG_VARIABLE = "PL_DEEPSPEED_CONFIG_PATH";

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
    return Set.of(PRECISION_OPTION, CONFIG);
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
    if (!words().contains(precision(request, "32"))) {
      return notConcerned(request);
    }
    try {
      DeepSpeedConfig config = config(request);
      String precision = precision(request, config.precision());
      Answer.Fits fits = fit(precision);
      return contradiction(request, precision, config).map(fits::objecting).orElse(fits);
    } catch (IllegalArgumentException e) {
      return fit(precision(request, "32"))
          .objecting(
              Conflict.of(
                  "DeepSpeed's configuration %s %s."
                      .formatted(path(request).orElseThrow(), e.getMessage()),
                  "Mend the file, or leave it out: DeepSpeed's own values are usual.",
                  TrainerArguments.STRATEGY,
                  TrainerArguments.PLUGINS));
    }
  }

  private static Answer.Fits fit(String precision) {
    return fits(Specificity.PARTICULAR + 50, "the strategy is DeepSpeedStrategy", precision, false);
  }

  /** The configuration's file: as an option, here or of the strategy, else Lightning's variable. */
  private Optional<String> path(Request request) {
    return option(request, CONFIG)
        .or(() -> request.named(Family.STRATEGY).map(named -> named.options().get(CONFIG)))
        .or(() -> Optional.ofNullable(request.surroundings().environment().get(CONFIG_VARIABLE)));
  }

  private DeepSpeedConfig config(Request request) {
    Optional<String> path = path(request);
    if (path.isEmpty()) {
      return DeepSpeedConfig.EMPTY;
    }
    try {
      return DeepSpeedConfig.parse(
          String.join("\n", request.surroundings().files().lines(path.get())));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("does not exist", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
    }
  }

  private static Optional<Conflict> contradiction(
      Request request, String precision, DeepSpeedConfig config) {
    String wanted = config.precision();
    Double clip = request.arguments().get(TrainerArguments.GRADIENT_CLIP_VAL);
    if (!wanted.equals("32") && !wanted.equals(precision)) {
      return Optional.of(
          Conflict.of(
              "DeepSpeed's configuration enables %s, and precision is %s."
                  .formatted(wanted.equals("16") ? "fp16" : wanted, precision),
              "Give --precision %s, or take the section out.".formatted(wanted),
              TrainerArguments.PRECISION,
              TrainerArguments.STRATEGY));
    }
    if (clip != null && config.gradientClipping() > 0 && clip != config.gradientClipping()) {
      return Optional.of(
          Conflict.of(
              "gradient-clip-val is %s, and DeepSpeed's configuration has gradient_clipping %s."
                  .formatted(clip, config.gradientClipping()),
              "Leave one of them out.",
              TrainerArguments.GRADIENT_CLIP_VAL,
              TrainerArguments.STRATEGY));
    }
    return "value".equals(request.arguments().get(TrainerArguments.GRADIENT_CLIP_ALGORITHM))
            && clip != null
        ? Optional.of(
            Conflict.of(
                "DeepSpeed's engine clips by norm, not by value.",
                "Leave out --gradient-clip-algorithm, or --strategy.",
                TrainerArguments.GRADIENT_CLIP_ALGORITHM,
                TrainerArguments.STRATEGY))
        : Optional.empty();
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    demand(
        "Levin's mends of DJL",
        Mends.missing(),
        "Put levin-engine ahead of DJL's jars on the class path.");
    DeepSpeedConfig config = config(creation.request());
    Double clip = creation.request().arguments().get(TrainerArguments.GRADIENT_CLIP_VAL);
    return new DeepSpeedPrecisionPlugin(
        creation.plan().precision(),
        config.fp16() == null ? Fp16Section.DEFAULT : config.fp16(),
        clip == null ? config.gradientClipping() : clip);
  }
}
