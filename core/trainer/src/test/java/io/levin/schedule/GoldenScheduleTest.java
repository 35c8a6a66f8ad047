package io.levin.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.optim.Scheduler;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PyTorch's own rates over 40 steps, for 23 configurations. */
class GoldenScheduleTest {
  private static final JsonNode GOLDEN = read();

  private static final Map<String, Function<Optimizer, Scheduler>> CONFIGURATIONS =
      new LinkedHashMap<>();

  private static final OneCycleLR.Options ONE = OneCycleLR.Options.DEFAULTS;

  static {
    CONFIGURATIONS.put("StepLR(10,0.1)", o -> new StepLR(o, 10, 0.1));
    CONFIGURATIONS.put(
        "MultiStepLR([5,5,20],0.5)", o -> new MultiStepLR(o, List.of(5, 5, 20), 0.5));
    CONFIGURATIONS.put("ConstantLR(1/3,5)", o -> new ConstantLR(o, 1.0 / 3, 5));
    CONFIGURATIONS.put("LinearLR(0.25,1.0,8)", o -> new LinearLR(o, 0.25, 1, 8));
    CONFIGURATIONS.put("ExponentialLR(0.9)", o -> new ExponentialLR(o, 0.9));
    CONFIGURATIONS.put("CosineAnnealingLR(10,0.001)", o -> new CosineAnnealingLR(o, 10, 0.001));
    CONFIGURATIONS.put(
        "CosineAnnealingWarmRestarts(5,2,0.001)",
        o -> new CosineAnnealingWarmRestarts(o, 5, 2, 0.001));
    CONFIGURATIONS.put(
        "CosineAnnealingWarmRestarts(7,1)", o -> new CosineAnnealingWarmRestarts(o, 7, 1, 0));
    CONFIGURATIONS.put(
        "CyclicLR(0.01,0.1,4,mode=triangular)",
        o -> new CyclicLR(o, 0.01, 0.1, 4, 4, CyclicLR.Mode.TRIANGULAR, 1));
    CONFIGURATIONS.put(
        "CyclicLR(0.01,0.1,4,step_size_down=6,mode=triangular2)",
        o -> new CyclicLR(o, 0.01, 0.1, 4, 6, CyclicLR.Mode.TRIANGULAR2, 1));
    CONFIGURATIONS.put(
        "CyclicLR(0.01,0.1,4,mode=exp_range,gamma=0.95)",
        o -> new CyclicLR(o, 0.01, 0.1, 4, 4, CyclicLR.Mode.EXP_RANGE, 0.95));
    CONFIGURATIONS.put("OneCycleLR(0.5,total_steps=40)", o -> new OneCycleLR(o, 0.5, 40));
    CONFIGURATIONS.put(
        "OneCycleLR(0.5,total_steps=40,anneal=linear,three_phase)",
        o -> new OneCycleLR(o, 0.5, 40, options(0.25, true, true, 25, 1e4)));
    CONFIGURATIONS.put(
        "OneCycleLR(0.5,epochs=4,steps_per_epoch=10,div=10,final_div=100)",
        o -> new OneCycleLR(o, 0.5, 40, options(0.3, false, false, 10, 100)));
    CONFIGURATIONS.put("PolynomialLR(15,2.0)", o -> new PolynomialLR(o, 15, 2));
    CONFIGURATIONS.put("LambdaLR(0.95**e)", o -> new LambdaLR(o, e -> Math.pow(0.95, e)));
    CONFIGURATIONS.put("MultiplicativeLR(0.95)", o -> new MultiplicativeLR(o, e -> 0.95));
    CONFIGURATIONS.put(
        "SequentialLR(ConstantLR(0.1,2),ExponentialLR(0.9);[3])",
        o ->
            new SequentialLR(
                List.of(new ConstantLR(o, 0.1, 2), new ExponentialLR(o, 0.9)), List.of(3)));
    CONFIGURATIONS.put(
        "SequentialLR(LinearLR(0.1,1,5),CosineAnnealingLR(20);[5])",
        o ->
            new SequentialLR(
                List.of(new LinearLR(o, 0.1, 1, 5), new CosineAnnealingLR(o, 20, 0)), List.of(5)));
    CONFIGURATIONS.put(
        "ChainedScheduler(ConstantLR(0.1,2),ExponentialLR(0.9))",
        o -> new ChainedScheduler(List.of(new ConstantLR(o, 0.1, 2), new ExponentialLR(o, 0.9))));
    CONFIGURATIONS.put(
        "ReduceLROnPlateau(min,0.1,patience=2)",
        o -> new ReduceLROnPlateau(o, plateau(false, 0.1, 2, 1e-4, false, 0, 0)));
    CONFIGURATIONS.put(
        "ReduceLROnPlateau(min,0.5,patience=1,threshold=0.01,abs,cooldown=2,min_lr=0.002)",
        o -> new ReduceLROnPlateau(o, plateau(false, 0.5, 1, 0.01, true, 2, 0.002)));
    CONFIGURATIONS.put(
        "ReduceLROnPlateau(max,0.5,patience=3)",
        o -> new ReduceLROnPlateau(o, plateau(true, 0.5, 3, 1e-4, false, 0, 0)));
  }

  private static OneCycleLR.Options options(
      double pct, boolean linear, boolean three, double div, double finalDiv) {
    return new OneCycleLR.Options(
        pct, linear, three, true, ONE.baseMomentum(), ONE.maxMomentum(), div, finalDiv);
  }

  private static ReduceLROnPlateau.Options plateau(
      boolean max, double factor, int patience, double t, boolean abs, int cool, double minLr) {
    return new ReduceLROnPlateau.Options(max, factor, patience, t, abs, cool, minLr, 1e-8);
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper()
          .readTree(new File("src/test/resources/golden/parity/lr_schedules.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<String> names() {
    List<String> names = new ArrayList<>();
    GOLDEN.get("schedulers").fieldNames().forEachRemaining(names::add);
    return names.stream();
  }

  @Test
  void coversEveryGoldenConfiguration() {
    assertThat(CONFIGURATIONS.keySet()).containsExactlyInAnyOrderElementsOf(names().toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void followsPyTorch(String name) {
    JsonNode golden = GOLDEN.get("schedulers").get(name);
    Optimizer optimizer = new TwoGroups();
    Scheduler scheduler = CONFIGURATIONS.get(name).apply(optimizer);
    run(golden, optimizer, scheduler, 0, golden.get("lr").size());
    compare(golden.get("final_state_dict"), scheduler.stateDict());
  }

  @ParameterizedTest
  @MethodSource("names")
  void resumesInTheMiddle(String name) {
    JsonNode golden = GOLDEN.get("schedulers").get(name);
    Optimizer first = new TwoGroups();
    Scheduler scheduler = CONFIGURATIONS.get(name).apply(first);
    run(golden, first, scheduler, 0, 17);
    Optimizer second = new TwoGroups();
    Scheduler resumed = CONFIGURATIONS.get(name).apply(second);
    for (int i = 0; i < 2; i++) {
      ParameterGroup from = first.groups().get(i);
      ParameterGroup to = second.groups().get(i);
      from.optionNames().forEach(option -> to.option(option, from.option(option)));
    }
    resumed.loadStateDict(scheduler.stateDict());
    run(golden, second, resumed, 17, golden.get("lr").size());
  }

  private static void run(
      JsonNode golden, Optimizer optimizer, Scheduler scheduler, int from, int to) {
    for (int step = from; step < to; step++) {
      for (int group = 0; group < 2; group++) {
        double expected = golden.get("lr").get(step).get(group).asDouble();
        assertThat(optimizer.groups().get(group).lr())
            .as("step %d, group %d", step, group)
            .isCloseTo(expected, within(1e-14 + 1e-12 * expected));
      }
      if (golden.has("momentum")) {
        assertThat(optimizer.groups().get(0).option("momentum"))
            .isCloseTo(golden.get("momentum").get(step).asDouble(), within(1e-12));
      }
      if (scheduler.needsMetric()) {
        scheduler.step(GOLDEN.get("plateau_metrics").get(step).asDouble());
      } else if (!(scheduler instanceof OneCycleLR) || step < 39) {
        scheduler.step();
      }
    }
  }

  /** Every key of PyTorch's state that is data; methods are not. */
  private static void compare(JsonNode expected, Object actual) {
    if (expected.isObject()) {
      Map<?, ?> map = (Map<?, ?>) actual;
      Map<String, Object> byText = new LinkedHashMap<>();
      map.forEach((key, value) -> byText.put(String.valueOf(key), value));
      expected
          .fields()
          .forEachRemaining(
              field -> {
                if (!List.of("anneal_func", "_scale_fn_ref", "_scale_fn_custom")
                    .contains(field.getKey())) {
                  assertThat(byText).containsKey(field.getKey());
                  compare(field.getValue(), byText.get(field.getKey()));
                }
              });
    } else if (expected.isArray()) {
      List<?> list = (List<?>) actual;
      assertThat(list).hasSize(expected.size());
      for (int i = 0; i < list.size(); i++) {
        compare(expected.get(i), list.get(i));
      }
    } else if (expected.isNumber()) {
      assertThat(((Number) actual).doubleValue()).isCloseTo(expected.asDouble(), within(1e-12));
    } else if (expected.isBoolean()) {
      assertThat(actual).isEqualTo(expected.asBoolean());
    } else {
      assertThat(String.valueOf(actual)).isEqualTo(expected.asText());
    }
  }

  /** Two groups without arrays: schedules touch numbers only. */
  private static final class TwoGroups implements Optimizer {
    private final List<ParameterGroup> groups =
        List.of(
            new ParameterGroup(List.of(), Map.of("lr", 0.1, "momentum", 0.9)),
            new ParameterGroup(List.of(), Map.of("lr", 0.01, "momentum", 0.9)));

    @Override
    public List<ParameterGroup> groups() {
      return groups;
    }

    @Override
    public void step() {}

    @Override
    public void zeroGrad() {}

    @Override
    public Map<String, Object> stateDict() {
      return Map.of();
    }

    @Override
    public void loadStateDict(Map<String, Object> state) {}

    @Override
    public void close() {}
  }
}
