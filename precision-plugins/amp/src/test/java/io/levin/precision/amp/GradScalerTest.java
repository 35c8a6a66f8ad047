package io.levin.precision.amp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.LevinException;
import io.levin.precision.LossScaler;
import io.levin.precision.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradScalerTest {
  private static final JsonNode TRAJECTORIES = read();

  private final NDManager manager = NDManager.newBaseManager();

  private static JsonNode read() {
    try (InputStream in = GradScalerTest.class.getResourceAsStream("scaler_trajectories.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<String> names() {
    Iterable<String> names = TRAJECTORIES::fieldNames;
    return java.util.stream.StreamSupport.stream(names.spliterator(), false);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @MethodSource("names")
  void movesAsPyTorchsDoes(String name) {
    JsonNode row = TRAJECTORIES.get(name);
    JsonNode config = row.get("config");
    Set<Integer> infinities = new HashSet<>();
    config.get("infs").forEach(step -> infinities.add(step.asInt()));
    GradScaler rule = new GradScaler(options(config));
    Map<Integer, JsonNode> expected = new HashMap<>();
    row.path(name.equals("overflow") ? "trajectory_torch_2.1_and_newer" : "trajectory")
        .forEach(step -> expected.put(step.get("step").asInt(), step));
    try (LossScaler scaler = new LossScaler(rule);
        OneGradient only = new OneGradient(manager, 0)) {
      for (int i = 0; i < config.get("n").asInt(); i++) {
        boolean isInfinite = infinities.contains(i) || (config.get("infs").isTextual() && i <= 174);
        only.gradient(isInfinite ? Float.POSITIVE_INFINITY : 1);
        assertThat(scaler.step(only))
            .isEqualTo(isInfinite ? StepResult.SKIPPED : StepResult.STEPPED);
        float inverse = only.gradient();
        JsonNode step = expected.get(i);
        if (step != null) {
          assertThat(step.get("found_inf").asBoolean()).isEqualTo(isInfinite);
          if (!isInfinite) {
            assertThat(inverse).isEqualTo((float) number(step.get("inv_scale_used")));
          }
          assertThat(rule.value()).isEqualTo((float) number(step.get("scale_after")));
          assertThat(rule.stateDict()).containsEntry("_growth_tracker", tracker(step));
        }
      }
    }
  }

  private static long tracker(JsonNode step) {
    return step.get("tracker_after").asLong();
  }

  private static ScalerOptions options(JsonNode config) {
    return new ScalerOptions(
        config.get("init").asDouble(),
        config.get("growth").asDouble(),
        config.get("backoff").asDouble(),
        config.get("interval").asInt());
  }

  private static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
  }

  @Test
  void itsStateGoesToAnotherOne() {
    GradScaler first = new GradScaler(new ScalerOptions(8, 4, 0.25, 7));
    GradScaler second = new GradScaler(ScalerOptions.DEFAULT);
    second.loadStateDict(first.stateDict());
    assertThat(second.stateDict())
        .isEqualTo(first.stateDict())
        .containsOnlyKeys(
            "scale", "growth_factor", "backoff_factor", "growth_interval", "_growth_tracker");
  }

  @Test
  void damagedStatesAreRefusedAndChangeNothing() {
    GradScaler scaler = new GradScaler(ScalerOptions.DEFAULT);
    Map<String, Object> before = scaler.stateDict();
    for (Map.Entry<String, Object> wrong :
        Map.<String, Object>of("scale", Double.NaN, "growth_interval", 0L, "growth_factor", "two")
            .entrySet()) {
      Map<String, Object> state = new HashMap<>(before);
      state.put(wrong.getKey(), wrong.getValue());
      assertThatThrownBy(() -> scaler.loadStateDict(state))
          .isInstanceOf(LevinException.class)
          .hasMessageContaining(wrong.getKey());
    }
    assertThatThrownBy(() -> scaler.loadStateDict(Map.of())).hasMessageContaining("switched off");
    assertThat(scaler.stateDict()).isEqualTo(before);
  }
}
