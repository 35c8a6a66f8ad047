package io.levin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopTest {
  private final Stop stop = new Stop();
  private final List<String> asked = new ArrayList<>();

  @Test
  void aSignalEndsAProcessInWhichNothingRuns() {
    assertThat(stop.request("TERM")).isFalse();
  }

  @Test
  void theFirstSignalAsksAndTheSecondEnds() {
    try (Stop.Running running = stop.whileRunning(asked::add)) {
      assertThat(stop.request("INT")).isTrue();
      assertThat(asked).containsExactly("signal INT");
      assertThat(stop.request("INT")).isFalse();
      assertThat(asked).hasSize(1);
    }
    assertThat(stop.signal()).contains("INT");
  }

  @Test
  void whatHasEndedIsNotAsked() {
    stop.whileRunning(asked::add).close();
    assertThat(stop.request("INT")).isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void exitCodesAreThoseOfTheSignals() {
    assertThat(Stop.exitCode("INT")).isEqualTo(130);
    assertThat(Stop.exitCode("TERM")).isEqualTo(143);
    assertThat(Stop.exitCode("USR1")).isEqualTo(75);
  }
}
