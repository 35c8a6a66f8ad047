package io.levin.strategy.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeroSectionTest {
  @Test
  void saysTheStageAndWhatIsOffloaded() {
    ZeroSection zero =
        ZeroSection.parse(
            """
            {"zero_optimization": {"stage": 3, "offload_param": {"device": "cpu"},
             "offload_optimizer": {"device": "nvme"}, "overlap_comm": true}, "fp16": {"enabled": true}}
            """);
    assertThat(zero.stage()).contains(3);
    assertThat(zero.offloadsToMemory()).isTrue();
    assertThat(zero.offloadsToDisk()).isTrue();
  }

  @Test
  void aConfigurationWithoutItSaysNothing() {
    assertThat(ZeroSection.parse("{}")).isEqualTo(ZeroSection.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"zero_optimization\": {\"stage\": 4}} | stage of 4",
        "{\"zero_optimization\": {\"stages\": 2}} | 'zero_optimization.stages'",
        "{\"zero_optimization\": 2} | no object",
        "{\"zero_optimization\": | is not JSON (line 1)",
      })
  void whatIsWrongIsNamed(String text, String named) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ZeroSection.parse(text))
        .withMessageContaining(named);
  }
}
