package io.levin.precision.deepspeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeepSpeedScaleTest {
  private static Fp16Section section(int window, int hysteresis, boolean consecutive) {
    return new Fp16Section(0, 4, window, hysteresis, consecutive, 1);
  }

  /** The scale after each update; {@code x} stands for an overflow. */
  private static String scales(Fp16Section section, String updates) {
    DeepSpeedScale scale = new DeepSpeedScale(section);
    StringBuilder text = new StringBuilder();
    for (char update : updates.toCharArray()) {
      scale.update(update == 'x');
      text.append(text.isEmpty() ? "" : " ").append((int) scale.value());
    }
    return text.toString();
  }

  @Test
  void aWindowCountsFromTheLastOverflow() {
    assertThat(scales(section(3, 1, false), "....x...")).isEqualTo("16 16 32 32 16 16 16 32");
  }

  @Test
  void theFirstOverflowsAreBorne() {
    assertThat(scales(section(100, 3, false), "xxxx")).isEqualTo("16 16 8 4");
    assertThat(scales(section(100, 3, false), "x.x.x")).isEqualTo("16 16 16 16 8");
  }

  @Test
  void consecutiveHysteresisIsGivenBackByEveryGoodStep() {
    assertThat(scales(section(100, 2, true), "x.x.x.xx")).isEqualTo("16 16 16 16 16 16 16 8");
  }

  @Test
  void growthGivesTheHysteresisBack() {
    assertThat(scales(section(2, 2, false), "x..x")).isEqualTo("16 16 32 32");
  }

  @Test
  void atTheLeastAnOverflowEndsTheRun() {
    DeepSpeedScale scale = new DeepSpeedScale(new Fp16Section(0, 1, 100, 1, false, 1));
    scale.update(true);
    assertThat(scale.value()).isEqualTo(1);
    assertThatThrownBy(() -> scale.update(true))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("The loss scale is at its least, 1.0, and gradients still overflow");
  }

  @Test
  void aStaticScaleStays() {
    assertThat(scales(new Fp16Section(128, 16, 1, 1, false, 1), "x.x."))
        .isEqualTo("128 128 128 128");
  }

  @Test
  void itsStateGoesToAnotherOne() {
    DeepSpeedScale first = new DeepSpeedScale(section(3, 2, false));
    first.update(true);
    first.update(false);
    DeepSpeedScale second = new DeepSpeedScale(section(3, 2, false));
    second.loadStateDict(first.stateDict());
    assertThat(second.stateDict()).isEqualTo(first.stateDict());
    assertThatThrownBy(() -> second.loadStateDict(Map.of("cur_scale", 4.0)))
        .isInstanceOf(LevinException.class);
  }
}
