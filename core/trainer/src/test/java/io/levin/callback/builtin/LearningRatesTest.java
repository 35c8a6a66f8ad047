package io.levin.callback.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.MisconfigurationException;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.optim.SchedulerConfig;
import io.levin.schedule.ConstantLR;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearningRatesTest {
  /** An optimizer of no parameters: only its groups' options matter here. */
  private record Still(String name, List<ParameterGroup> groups) implements Optimizer {
    static Still of(String name, double... rates) {
      List<ParameterGroup> groups = new ArrayList<>();
      for (double rate : rates) {
        groups.add(new ParameterGroup(List.of(), Map.of("lr", rate, "momentum", rate * 10)));
      }
      return new Still(name, groups);
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

  private static SchedulerConfig schedule(Optimizer optimizer) {
    return SchedulerConfig.everyStep(new ConstantLR(optimizer, 1.0, 1));
  }

  private static Map<String, Double> all(
      List<Optimizer> optimizers, List<SchedulerConfig> schedules, boolean momentum) {
    Map<String, Double> all = new LinkedHashMap<>();
    LearningRates.of(optimizers, schedules).forEach(named -> all.putAll(named.values(momentum)));
    return all;
  }

  @Test
  void oneGroupHasThePlainName() {
    assertThat(all(List.of(Still.of("SGD", 0.1)), List.of(), true))
        .containsExactlyInAnyOrderEntriesOf(Map.of("lr-SGD", 0.1, "lr-SGD-momentum", 1.0));
  }

  @Test
  void groupsAndFurtherOptimizersAreNumbered() {
    assertThat(
            all(
                List.of(Still.of("SGD", 0.1, 0.2), Still.of("Adam", 0.3), Still.of("SGD", 0.4)),
                List.of(),
                false))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("lr-SGD/pg1", 0.1, "lr-SGD/pg2", 0.2, "lr-Adam", 0.3, "lr-SGD-1", 0.4));
  }

  @Test
  void aSchedulesNameIsTakenAndNoRateLoggedTwice() {
    Optimizer first = Still.of("SGD", 0.1);
    Optimizer second = Still.of("SGD", 0.2);
    assertThat(all(List.of(first, second), List.of(schedule(second).named("slow")), false))
        .containsExactlyInAnyOrderEntriesOf(Map.of("slow", 0.2, "lr-SGD", 0.1));
  }

  @Test
  void twoSchedulesOfOneNameAreRefused() {
    SchedulerConfig one = schedule(Still.of("SGD", 0.1)).named("same");
    SchedulerConfig two = schedule(Still.of("SGD", 0.1)).named("same");
    assertThatThrownBy(() -> LearningRates.check(List.of(one, two)))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("'same'");
  }
}
