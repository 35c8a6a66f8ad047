package io.levin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineWarmUpTest {
  @ParameterizedTest
  @ValueSource(strings = {"fit class-names", "predict x --ckpt-path=best"})
  void runsNeedTheEngine(String arguments) {
    assertThat(EngineWarmUp.isWorthwhile(List.of(arguments.split(" ")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fit", "plan", "fit --help", "fit x --print-config", "--version"})
  void answersDoNot(String arguments) {
    assertThat(EngineWarmUp.isWorthwhile(List.of(arguments.split(" ")))).isFalse();
  }
}
