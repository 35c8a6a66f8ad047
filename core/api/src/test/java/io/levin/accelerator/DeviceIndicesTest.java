package io.levin.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.arguments.Devices;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceIndicesTest {
  @Test
  void aCountTakesTheFirst() {
    assertThat(DeviceIndices.countedOrListed(new Devices(2), 4)).containsExactly(0, 1);
    assertThat(DeviceIndices.countedOrListed(new Devices("2"), 4)).containsExactly(0, 1);
  }

  @Test
  void minusOneTakesAll() {
    assertThat(DeviceIndices.countedOrListed(new Devices(-1), 3)).containsExactly(0, 1, 2);
  }

  @Test
  void aListTakesItsIndicesInItsOrder() {
    assertThat(DeviceIndices.countedOrListed(new Devices(List.of(3, 1)), 4)).containsExactly(3, 1);
    assertThat(DeviceIndices.countedOrListed(new Devices("0, 2"), 4)).containsExactly(0, 2);
    assertThat(DeviceIndices.countedOrListed(new Devices("2,"), 4)).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "-2", "1,1", "4,", "a", "0x1", "1,-1", "٢", "+1", "1 2", ","})
  void anythingElseIsRefusedSayingWhatIsTaken(String devices) {
    assertThatThrownBy(() -> DeviceIndices.countedOrListed(Devices.read(devices), 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("a count from 1 to 4|every index once|indices from 0 to 3");
  }
}
