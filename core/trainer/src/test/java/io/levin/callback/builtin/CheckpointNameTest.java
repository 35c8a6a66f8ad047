package io.levin.callback.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.MisconfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointNameTest {
  private static final Map<String, Double> METRICS =
      Map.of(
          "epoch",
          3.0,
          "step",
          12.0,
          "val",
          0.5,
          "val_loss",
          0.03125,
          "a/b.c",
          2.0,
          "nan",
          Double.NaN);

  @ParameterizedTest
  @CsvSource({
    "{epoch}-{step}, epoch=3-step=12",
    "{epoch:03d}-{val_loss}, epoch=003-val_loss=0.03125",
    "test-{val_loss:.2f}, test-val_loss=0.03",
    "{val}-{val_loss:.3f}, val=0.5-val_loss=0.031",
    "{a/b.c:.0f}, a/b.c=2",
    "{nothing:.1f}, nothing=0.0",
    "{nothing}, nothing=0",
    "{nan:.2f}-{nan:d}, nan=NaN-nan=NaN",
    "plain, plain"
  })
  void insertsNamesAndValues(String template, String expected) {
    assertThat(new CheckpointName(template, true).of(METRICS)).isEqualTo(expected);
  }

  @Test
  void insertsValuesOnly() {
    assertThat(new CheckpointName("e{epoch:02d}_l{val_loss:.2f}", false).of(METRICS))
        .isEqualTo("e03_l0.03");
  }

  @Test
  void aBrokenFormatIsRefusedAtOnce() {
    assertThatThrownBy(() -> new CheckpointName("{epoch:zz}", true))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("zz");
  }
}
