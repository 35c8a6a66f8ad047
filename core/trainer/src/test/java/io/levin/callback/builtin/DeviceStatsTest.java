package io.levin.callback.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceStatsTest {
  @Test
  void residentMemoryIsReadInMebibytes() {
    assertThat(
            DeviceStats.residentMib(List.of("Name:\tjava", "VmRSS:\t    2048 kB", "Threads:\t3")))
        .hasValue(2.0);
    assertThat(DeviceStats.residentMib(List.of("Name:\tjava", "VmRSS:\t?"))).isEmpty();
  }

  @Test
  void aProcessKnowsItsMemoryAndLoad() {
    assertThat(DeviceStats.now().get("device/heap_mib")).isPositive();
    assertThat(DeviceStats.now().get("device/cpu_percent")).isBetween(0.0, 100.0);
  }
}
