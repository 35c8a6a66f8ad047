package io.levin.callback.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessStatisticsTest {
  @Test
  void theResidentMemoryIsReadInKib() {
    assertThat(ProcessStatistics.resident(List.of("Name:\tjava", "VmRSS:\t    2048 kB", "x")))
        .hasValue(2 << 20);
    assertThat(ProcessStatistics.resident(List.of("VmRSS:\t?"))).isEmpty();
    assertThat(ProcessStatistics.resident(List.of())).isEmpty();
  }

  @Test
  void thereAreFiguresHere() {
    assertThat(ProcessStatistics.now().get("device/heap_mib")).isPositive();
    assertThat(ProcessStatistics.now().get("device/cpu_percent")).isBetween(0.0, 100.0);
  }
}
