package io.levin.checkpoint.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceCheckpointsTest {
  @TempDir private Path folder;

  static List<CheckpointIO> both() {
    return List.of(new XLACheckpointIO(), new HPUCheckpointIO());
  }

  @ParameterizedTest
  @MethodSource("both")
  void anyMachineReadsItAndCallbacksKeepTheirState(CheckpointIO io) {
    Tensor tensor = Tensor.of(DType.UINT8, new long[] {3}, Bytes.of(new byte[] {1, 2, 3}));
    Path path = folder.resolve("a/b.ckpt");
    io.save(
        Checkpoint.of(Map.of("w", tensor, "callbacks", Map.of("EarlyStopping", Map.of("n", 2L)))),
        path);
    io.verify(path);
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(path)) {
      Map<?, ?> root = (Map<?, ?>) checkpoint.root();
      assertThat(root.get("callbacks")).isEqualTo(Map.of("EarlyStopping", Map.of("n", 2L)));
      assertThat(Digest.sha256((Tensor) root.get("w"))).isEqualTo(Digest.sha256(tensor));
    }
    io.remove(path);
    assertThat(path).doesNotExist();
  }
}
