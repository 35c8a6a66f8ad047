package io.levin.precision.apex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApexLossScaleTest {
  private static void good(ApexLossScale scale, int steps) {
    for (int i = 0; i < steps; i++) {
      scale.update(false);
    }
  }

  @Test
  void overflowsHalveItAndGoodStepsDoubleItUpToItsMost() {
    ApexLossScale scale = ApexLossScale.of("dynamic");
    assertThat(scale.value()).isEqualTo(65536);
    scale.update(true);
    assertThat(scale.value()).isEqualTo(32768);
    good(scale, 1999);
    assertThat(scale.value()).isEqualTo(32768);
    good(scale, 1);
    assertThat(scale.value()).isEqualTo(65536);
    good(scale, 2000 * 20);
    assertThat(scale.value()).isEqualTo(1 << 24);
  }

  @Test
  void aNumberStays() {
    ApexLossScale scale = ApexLossScale.of("128");
    scale.update(true);
    good(scale, 5000);
    assertThat(scale.value()).isEqualTo(128);
    assertThat(ApexLossScale.of("1").orNothing()).isNull();
    assertThat(scale.orNothing()).isSameAs(scale);
  }

  @Test
  void itsStateIsApexs() {
    ApexLossScale scale = ApexLossScale.of("dynamic");
    good(scale, 3);
    assertThat(scale.stateDict())
        .isEqualTo(Map.of("loss_scaler0", Map.of("loss_scale", 65536.0, "unskipped", 3L)));
    ApexLossScale other = ApexLossScale.of("dynamic");
    other.loadStateDict(scale.stateDict());
    good(other, 1997);
    assertThat(other.value()).isEqualTo(131072);
  }

  @Test
  void wrongValuesAndStatesAreRefused() {
    for (String wrong : new String[] {"big", "0", "-1", "NaN", "1e40"}) {
      assertThatThrownBy(() -> ApexLossScale.of(wrong))
          .hasMessage("loss_scale must be 'dynamic' or a number above 0, not '" + wrong + "'");
    }
    ApexLossScale scale = ApexLossScale.of("dynamic");
    assertThatThrownBy(() -> scale.loadStateDict(Map.of("loss_scaler0", Map.of("unskipped", 1L))))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("loss scaler is wrong");
    assertThat(scale.value()).isEqualTo(65536);
  }
}
