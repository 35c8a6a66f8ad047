package io.levin.precision.deepspeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepSpeedConfigTest {
  @Test
  void itReadsWhatIsAboutPrecision() {
    DeepSpeedConfig config =
        DeepSpeedConfig.parse(
            """
            {"train_micro_batch_size_per_gpu": 8, "zero_optimization": {"stage": 2},
             "gradient_clipping": 0.5,
             "fp16": {"enabled": true, "loss_scale": 0, "initial_scale_power": 12,
                      "loss_scale_window": 500, "hysteresis": 3, "min_loss_scale": 2,
                      "consecutive_hysteresis": true}}""");
    assertThat(config)
        .isEqualTo(new DeepSpeedConfig(new Fp16Section(0, 12, 500, 3, true, 2), false, 0.5));
    assertThat(DeepSpeedConfig.parse("{\"fp16\": {\"enabled\": true}}").fp16())
        .isEqualTo(Fp16Section.DEFAULT);
    assertThat(DeepSpeedConfig.parse("{\"bf16\": {\"enabled\": true}}").bf16()).isTrue();
    assertThat(DeepSpeedConfig.parse("{}")).isEqualTo(DeepSpeedConfig.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"fp61\": {}} | has the key 'fp61', which DeepSpeed does not know",
        "{\"fp16\": {\"hysterese\": 2}} | has the key 'fp16.hysterese'",
        "{\"bf16\": {\"loss_scale\": 2}} | has the key 'bf16.loss_scale'",
        "{\"fp16\": {\"enabled\": true}, \"bf16\": {\"enabled\": true}} | enables fp16 and bf16",
        "{\"fp16\": {\"enabled\": \"yes\"}} | fp16.enabled must be true or false",
        "{\"fp16\": 1} | fp16 must be an object",
        "{\"fp16\": {\"enabled\": true, \"hysteresis\": 0}} | fp16.hysteresis must be at least 1",
        "{\"fp16\": {\"enabled\": true, \"loss_scale\": -1}} | fp16.loss_scale must be 0 or more",
        "{\"fp16\": {\"enabled\": true, \"loss_scale_window\": 1.5}} | must be a whole number",
        "{\"fp16\": {\"enabled\": true, \"min_loss_scale\": \"x\"}} | must be a number",
        "{\"gradient_accumulation_steps\": 2} | which is --accumulate-grad-batches here",
        "{\"optimizer\": {}} | which is what configureOptimizers() of the module gives",
        "{\"gradient_clipping\": -1} | gradient_clipping must be 0 or more",
        "{\"fp16\": {}, \"fp16\": {}} | is not JSON (line 1)",
        "[1] | must hold an object",
        "{ | is not JSON (line 1)",
      })
  void whatIsWrongIsNamed(String text, String message) {
    assertThatThrownBy(() -> DeepSpeedConfig.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
