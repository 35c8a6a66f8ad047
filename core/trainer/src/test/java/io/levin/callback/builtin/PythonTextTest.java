package io.levin.callback.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PT0S | datetime.timedelta(0)",
        "PT90M | datetime.timedelta(seconds=5400)",
        "PT49H0.0005S | datetime.timedelta(days=2, seconds=3600, microseconds=500)"
      })
  void durationsAreTimedeltas(String duration, String expected) {
    assertThat(PythonText.of(Duration.parse(duration))).isEqualTo(expected);
  }

  @Test
  void theKeyOfAModelCheckpointIsLightnings() {
    ModelCheckpoint.Options options =
        new ModelCheckpoint.Options(
            null, null, "loss", "max", 1, false, false, true, null, null, null, true);
    assertThat(new ModelCheckpoint(options).stateKey())
        .isEqualTo(
            "ModelCheckpoint{'monitor': 'loss', 'mode': 'max', 'every_n_train_steps': 0,"
                + " 'every_n_epochs': 1, 'train_time_interval': None,"
                + " 'save_on_train_epoch_end': True}");
    assertThat(new ModelCheckpoint(ModelCheckpoint.Options.DEFAULTS).stateKey())
        .contains("'monitor': None")
        .contains("'save_on_train_epoch_end': None");
  }
}
