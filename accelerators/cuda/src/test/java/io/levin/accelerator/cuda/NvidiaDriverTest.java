package io.levin.accelerator.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NvidiaDriverTest {
  @ParameterizedTest
  @CsvSource({"'0',1", "'0,1',2", "'GPU-8932f937,GPU-1',2", "'0,-1,2',1", "'0,1,2,3,4,5',4"})
  void visibleDevicesNarrowWhatIsThere(String visible, int count) {
    assertThat(NvidiaDriver.visible(4, visible).count()).isEqualTo(count);
  }

  @Test
  void hiddenDevicesAreNotAvailableAndTheReasonSaysWhoHidesThem() {
    assertThat(NvidiaDriver.visible(4, "").isAvailable()).isFalse();
    assertThat(NvidiaDriver.visible(4, "-1").reason()).contains("CUDA_VISIBLE_DEVICES='-1'");
  }

  @Test
  void withoutADriverTheReasonSaysWhatWasLookedFor() {
    assertThat(NvidiaDriver.visible(0, null).reason())
        .isEqualTo("no NVIDIA driver: /proc/driver/nvidia and /dev/nvidia* not found");
  }

  @Test
  void lookingNeverFails() {
    assertThat(NvidiaDriver.probe(Map.of()).reason()).isNotBlank();
    assertThat(CudaEngine.availability().reason()).isNotBlank();
  }
}
