package io.levin.accelerator.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.levin.accelerator.Availability;
import io.levin.accelerator.DeviceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NvidiaDriverTest {
  @ParameterizedTest
  @CsvSource({"'0',1", "'0,1',2", "'GPU-8932f937,GPU-1',2", "'0,-1,2',1", "'0,1,2,3,4,5',4"})
  void visibleDevicesNarrowWhatIsThere(String visible, int count) {
    assertThat(NvidiaDriver.visible(4, visible, "").count()).isEqualTo(count);
  }

  @Test
  void hiddenDevicesAreNotAvailableAndTheReasonSaysWhoHidesThem() {
    assertThat(NvidiaDriver.visible(4, "", "").isAvailable()).isFalse();
    assertThat(NvidiaDriver.visible(4, "-1", "").reason()).contains("CUDA_VISIBLE_DEVICES='-1'");
  }

  @Test
  void withoutADriverTheReasonSaysWhatWasLookedFor() {
    assertThat(NvidiaDriver.visible(0, null, "").reason())
        .isEqualTo("no NVIDIA driver: /proc/driver/nvidia and /dev/nvidia* not found");
  }

  @TempDir Path root;

  private DeviceFiles files() {
    return new DeviceFiles(root, Map.of());
  }

  @Test
  void fakedNodesAreFoundWithTheDriversVersion() throws IOException {
    assertThat(NvidiaDriver.probe(files(), Map.of()).isAvailable()).isFalse();
    Files.createDirectories(root.resolve("dev"));
    Files.createFile(root.resolve("dev/nvidia0"));
    Files.createFile(root.resolve("dev/nvidia1"));
    Files.createFile(root.resolve("dev/nvidiactl"));
    Files.createDirectories(root.resolve("proc/driver/nvidia"));
    Files.writeString(
        root.resolve("proc/driver/nvidia/version"),
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19\nGCC version: x\n");
    assertThat(NvidiaDriver.probe(files(), Map.of()))
        .isEqualTo(Availability.available(2, "2 NVIDIA GPUs found, driver 535.104.05"));
    assertThat(NvidiaDriver.probe(files(), Map.of("CUDA_VISIBLE_DEVICES", "1")).count())
        .isEqualTo(1);
  }

  @Test
  void aGuestOfWindowsHasOneGpuBehindItsDoor() throws IOException {
    Files.createDirectories(root.resolve("dev"));
    Files.createFile(root.resolve("dev/dxg"));
    assertThat(NvidiaDriver.probe(files(), Map.of()).isAvailable()).isFalse();
    Files.createDirectories(root.resolve("usr/lib/wsl/lib"));
    Files.createFile(root.resolve("usr/lib/wsl/lib/libcuda.so"));
    assertThat(NvidiaDriver.probe(files(), Map.of()).count()).isEqualTo(1);
  }

  @Test
  void theLibraryOfTheEngineIsLookedAtByNameOnly() throws IOException {
    Map<String, String> there = Map.of("PYTORCH_LIBRARY_PATH", root.toString());
    assertThat(CudaEngine.availability(there))
        .isEqualTo(
            Availability.unavailable(
                "PYTORCH_LIBRARY_PATH is %s, and no libtorch_cuda.so lies there".formatted(root)));
    Files.createFile(root.resolve("libtorch_cuda.so"));
    assertThat(CudaEngine.availability(there).isAvailable()).isTrue();
    assertThat(CudaEngine.availability(Map.of("PYTORCH_FLAVOR", "cu128")).isAvailable()).isTrue();
    assertThat(CudaEngine.availability(Map.of()).reason()).isNotBlank();
  }

  @Test
  void withoutAGpuThereAreNoFiguresAndNoFailure() {
    GPUAccelerator gpu = new GPUAccelerator();
    assertThat(gpu.statistics(gpu.device(0))).isEmpty();
    assertThat(gpu.parallelDevices(List.of(0, 2))).containsExactly(Device.gpu(0), Device.gpu(2));
  }
}
