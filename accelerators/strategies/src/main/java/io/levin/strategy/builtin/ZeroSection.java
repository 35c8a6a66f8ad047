package io.levin.strategy.builtin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The section {@code zero_optimization} of a DeepSpeed configuration. Sizes of buckets and the like
 * are for its own engine; keys that it does not know are refused.
 *
 * @param stage 0 to 3; nothing where it is not said
 * @param offloadsToMemory whether something is to be kept in the memory of the CPU
 * @param offloadsToDisk whether something is to be kept on NVMe
 */
record ZeroSection(Optional<Integer> stage, boolean offloadsToMemory, boolean offloadsToDisk) {
  static final ZeroSection NONE = new ZeroSection(Optional.empty(), false, false);

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> KEYS =
      Set.of(
          ("stage contiguous_gradients reduce_scatter reduce_bucket_size allgather_partitions"
                  + " allgather_bucket_size overlap_comm load_from_fp32_weights"
                  + " elastic_checkpoint offload_param offload_optimizer sub_group_size"
                  + " cpu_offload cpu_offload_params cpu_offload_use_pin_memory"
                  + " stage3_prefetch_bucket_size stage3_param_persistence_threshold"
                  + " stage3_model_persistence_threshold stage3_max_live_parameters"
                  + " stage3_max_reuse_distance stage3_gather_16bit_weights_on_model_save"
                  + " stage3_gather_fp16_weights_on_model_save stage3_module_granularity_threshold"
                  + " use_all_reduce_for_fetch_params ignore_unused_parameters legacy_stage1"
                  + " round_robin_gradients zero_hpz_partition_size zero_quantized_weights"
                  + " zero_quantized_nontrainable_weights zero_quantized_gradients mics_shard_size"
                  + " mics_hierarchical_params_gather memory_efficient_linear"
                  + " pipeline_loading_checkpoint override_module_apply log_trace_cache_warnings")
              .split(" "));

  /**
   * Reads it out of a configuration.
   *
   * @throws IllegalArgumentException saying what is wrong, as the end of "PATH …"
   */
  static ZeroSection parse(String text) {
    JsonNode section;
    try {
      section = JSON.readTree(text).path("zero_optimization");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "is not JSON (line %d): %s"
              .formatted(e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
    if (section.isMissingNode()) {
      return NONE;
    }
    if (!section.isObject()) {
      throw new IllegalArgumentException("has a zero_optimization that is no object: {…}");
    }
    section
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                    "has the key 'zero_optimization.%s', which DeepSpeed does not know; there are: %s"
                        .formatted(key, String.join(", ", new TreeSet<>(KEYS))));
              }
            });
    String offloads =
        section.path("offload_param").path("device").asText()
            + section.path("offload_optimizer").path("device").asText();
    return new ZeroSection(
        stage(section.path("stage")),
        offloads.contains("cpu") || section.path("cpu_offload").asBoolean(),
        offloads.contains("nvme"));
  }

  private static Optional<Integer> stage(JsonNode stage) {
    if (stage.isMissingNode() || stage.asText().equals("auto")) {
      return Optional.empty();
    }
    if (!stage.isInt() || stage.intValue() < 0 || stage.intValue() > 3) {
      throw new IllegalArgumentException(
          "has a zero_optimization.stage of %s, but there are 0, 1, 2 and 3".formatted(stage));
    }
    return Optional.of(stage.intValue());
  }
}
