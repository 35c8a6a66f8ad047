package io.levin.cluster.gloo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.accelerator.Availability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorTest {
  @Test
  void theLibtorchThatLevinBringsHasGloo() {
    assertThat(new GlooProcessGroups().availability())
        .isEqualTo(Availability.available(1, "Gloo in libtorch 2.7.1"));
    assertThat(Door.functions().levin_door_version()).isEqualTo(DoorFunctions.VERSION);
  }

  @Test
  void aLibraryThatIsNoDoorIsNotLoadedAndTheErrorSaysWhatToDo(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("liblevin_gloo.so"), "no library");
    assertThatThrownBy(() -> Door.load(file))
        .isInstanceOf(LevinException.class)
        .hasMessageStartingWith("Processes cannot be joined with Gloo here: its native part cannot")
        .extracting(e -> ((LevinException) e).hint())
        .asString()
        .startsWith("Run one process");
  }
}
