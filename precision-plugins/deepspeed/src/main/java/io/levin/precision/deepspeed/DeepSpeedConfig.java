package io.levin.precision.deepspeed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a DeepSpeed configuration says about precision and clipping. Other sections belong to the
 * strategy; keys that DeepSpeed does not know are refused.
 *
 * @param fp16 null when the section is absent or not enabled
 * @param gradientClipping the largest norm; 0 when none is given
 */
record DeepSpeedConfig(Fp16Section fp16, boolean bf16, double gradientClipping) {
  static final DeepSpeedConfig EMPTY = new DeepSpeedConfig(null, false, 0);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Set<String> SECTIONS =
      Set.of(
          ("train_batch_size train_micro_batch_size_per_gpu gradient_accumulation_steps optimizer"
                  + " scheduler communication_data_type seq_parallel_communication_data_type"
                  + " prescale_gradients gradient_predivide_factor sparse_gradients fp16 bf16 amp"
                  + " gradient_clipping zero_optimization zero_allow_untested_optimizer"
                  + " zero_force_ds_cpu_optimizer steps_per_print wall_clock_breakdown dump_state"
                  + " memory_breakdown activation_checkpointing aio sparse_attention"
                  + " flops_profiler tensorboard wandb csv_monitor comms_logger data_types"
                  + " data_efficiency curriculum_learning elasticity autotuning"
                  + " compression_training checkpoint disable_allgather graph_harvesting"
                  + " use_data_before_expert_parallelism hybrid_engine logging_level")
              .split(" "));

  private static final Set<String> FP16 =
      Set.of(
          "enabled",
          "auto_cast",
          "loss_scale",
          "initial_scale_power",
          "loss_scale_window",
          "hysteresis",
          "consecutive_hysteresis",
          "min_loss_scale");

  private static final Set<String> BF16 = Set.of("enabled", "immediate_grad_update");

  /**
   * Reads a configuration.
   *
   * @throws IllegalArgumentException naming the key that is wrong, as the end of "PATH: …"
   */
  static DeepSpeedConfig parse(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "is not JSON (line %d): %s"
              .formatted(e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException("must hold an object: {…}");
    }
    check("", root, SECTIONS);
    check("fp16.", root.path("fp16"), FP16);
    check("bf16.", root.path("bf16"), BF16);
    boolean isFp16 = isEnabled(root, "fp16");
    boolean isBf16 = isEnabled(root, "bf16");
    if (isFp16 && isBf16) {
      throw new IllegalArgumentException("enables fp16 and bf16: only one can be had");
    }
    if (root.hasNonNull("gradient_accumulation_steps")) {
      throw new IllegalArgumentException(
          "sets gradient_accumulation_steps, which is --accumulate-grad-batches here");
    }
    for (String own : new String[] {"optimizer", "scheduler"}) {
      if (root.hasNonNull(own)) {
        throw new IllegalArgumentException(
            "sets %s, which is what configureOptimizers() of the module gives".formatted(own));
      }
    }
    double clipping = number(root, "", "gradient_clipping", 0);
    if (!(clipping >= 0)) {
      throw new IllegalArgumentException("gradient_clipping must be 0 or more");
    }
    return new DeepSpeedConfig(isFp16 ? fp16(root.path("fp16")) : null, isBf16, clipping);
  }

  /** What it enables: {@code 16}, {@code bf16}, or else {@code 32}. */
  String precision() {
    return fp16 != null ? "16" : bf16 ? "bf16" : "32";
  }

  private static void check(String section, JsonNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw new IllegalArgumentException(
                    "has the key '%s%s', which DeepSpeed does not know; there are: %s"
                        .formatted(section, key, String.join(", ", new TreeSet<>(known))));
              }
            });
  }

  private static boolean isEnabled(JsonNode root, String section) {
    JsonNode node = root.path(section);
    if (!node.isMissingNode() && !node.isObject()) {
      throw new IllegalArgumentException("%s must be an object: {…}".formatted(section));
    }
    JsonNode enabled = node.path("enabled");
    if (!enabled.isMissingNode() && !enabled.isBoolean()) {
      throw new IllegalArgumentException(
          "%s.enabled must be true or false, not %s".formatted(section, enabled));
    }
    return enabled.asBoolean(false);
  }

  private static Fp16Section fp16(JsonNode node) {
    Fp16Section standard = Fp16Section.DEFAULT;
    return new Fp16Section(
        number(node, "fp16.", "loss_scale", standard.lossScale()),
        whole(node, "initial_scale_power", standard.initialScalePower()),
        whole(node, "loss_scale_window", standard.lossScaleWindow()),
        whole(node, "hysteresis", standard.hysteresis()),
        node.path("consecutive_hysteresis").asBoolean(standard.consecutiveHysteresis()),
        number(node, "fp16.", "min_loss_scale", standard.minLossScale()));
  }

  private static int whole(JsonNode node, String key, int otherwise) {
    double number = number(node, "fp16.", key, otherwise);
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("fp16.%s must be a whole number".formatted(key));
    }
    return (int) number;
  }

  private static double number(JsonNode node, String section, String key, double otherwise) {
    JsonNode value = node.path(key);
    // "auto" is how the users of Hugging Face leave a number to the trainer.
    if (value.isMissingNode() || value.isNull() || value.asText().equals("auto")) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException(
          "%s%s must be a number, not %s".formatted(section, key, value));
    }
    return value.asDouble();
  }
}
