package io.levin.strategy.builtin;

import ai.djl.Device;
import io.levin.arguments.TrainerArguments;
import io.levin.cluster.World;
import io.levin.collective.ProcessGroup;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.strategy.Strategy;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Offers DeepSpeed's ZeRO, by its stages: as a word says, else as {@code zero_optimization.stage}
 * of a DeepSpeed configuration does, else stage 2.
 */
@Component(service = Offer.class)
public final class DeepSpeedStrategyOffer extends ProcessesOffer {
  private static final String CONFIG = "config";
  private static final String CONFIG_VARIABLE = "PL_DEEPSPEED_CONFIG_PATH";
  private static final String STAGE = "deepspeed_stage_";
  private static final int USUAL_STAGE = 2;

  @Override
  public String name() {
    return "DeepSpeedStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of(
        "deepspeed",
        "deepspeed_stage_1",
        "deepspeed_stage_2",
        "deepspeed_stage_2_offload",
        "deepspeed_stage_3",
        "deepspeed_stage_3_offload",
        "deepspeed_stage_3_offload_nvme");
  }

  @Override
  protected String word() {
    return "deepspeed";
  }

  @Override
  public Set<String> options() {
    Set<String> options = new LinkedHashSet<>(super.options());
    options.add(CONFIG);
    return options;
  }

  @Override
  public Answer answer(Request request) {
    Answer answer = super.answer(request);
    if (!(answer instanceof Answer.Fits fits)) {
      return answer;
    }
    ZeroSection zero;
    try {
      zero = zero(request);
    } catch (IllegalArgumentException e) {
      return fits.objecting(
          Conflict.of(
              "DeepSpeed's configuration %s %s."
                  .formatted(path(request).orElseThrow(), e.getMessage()),
              "Mend the file, or leave it out.",
              TrainerArguments.STRATEGY));
    }
    String word = request.word(Family.STRATEGY).orElse("");
    if (word.endsWith("nvme") || zero.offloadsToDisk()) {
      return fits.objecting(
          Conflict.of(
              "Offloading to NVMe is not offered.",
              "Give --strategy deepspeed_stage_3, and offload_optimizer and offload_param without"
                  + " a device of nvme.",
              TrainerArguments.STRATEGY));
    }
    Optional<Integer> stage = stageOf(word);
    if (stage.isPresent() && zero.stage().isPresent() && !stage.equals(zero.stage())) {
      return fits.objecting(
          Conflict.of(
              "Strategy %s is not stage %d, which DeepSpeed's configuration %s asks for."
                  .formatted(word, zero.stage().get(), path(request).orElseThrow()),
              "Give --strategy deepspeed, or take zero_optimization.stage out.",
              TrainerArguments.STRATEGY));
    }
    boolean offloads = word.endsWith("offload") || zero.offloadsToMemory();
    return offloads && request.device().equals("cpu")
        ? fits.warning("Offloading to the CPU does nothing: the CPU is the device.")
        : fits;
  }

  private static Optional<Integer> stageOf(String word) {
    return word.startsWith(STAGE)
        ? Optional.of(Integer.parseInt(word.substring(STAGE.length(), STAGE.length() + 1)))
        : Optional.empty();
  }

  /** The configuration's file: as an option, here or of the precision plugin, else a variable's. */
  private static Optional<String> path(Request request) {
    return option(request, Family.STRATEGY)
        .or(() -> option(request, Family.PRECISION))
        .or(() -> Optional.ofNullable(request.surroundings().environment().get(CONFIG_VARIABLE)));
  }

  private static Optional<String> option(Request request, Family family) {
    return request.named(family).map(reference -> reference.options().get(CONFIG));
  }

  private static ZeroSection zero(Request request) {
    Optional<String> path = path(request);
    if (path.isEmpty()) {
      return ZeroSection.NONE;
    }
    try {
      return ZeroSection.parse(String.join("\n", request.surroundings().files().lines(path.get())));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("does not exist", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  protected Strategy create(Creation creation, Device device) {
    Request request = creation.request();
    int stage =
        stageOf(request.word(Family.STRATEGY).orElse(""))
            .or(() -> zero(request).stage())
            .orElse(USUAL_STAGE);
    ProcessGroup group = World.join(creation, ProcessesOptions.timeout(creation));
    return stage == 0
        ? new DDPStrategy(name(), device, group, true)
        : new ShardedStrategy(name(), Stage.of(stage), device, group);
  }
}
