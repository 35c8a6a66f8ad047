package io.levin.checkpoint.torch;

import io.levin.checkpoint.CheckpointIO;
import io.levin.testkit.checkpoint.CheckpointReadContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files as PyTorch wrote them before 1.6, which have no checksums. */
class LegacyFileContractTest extends CheckpointReadContract {
  @Override
  protected CheckpointIO checkpointIO() {
    return new TorchCheckpointIO();
  }

  @Override
  protected Path sample(Path folder) throws IOException {
    return Files.copy(Golden.FOLDER.resolve("state_dict-legacy.pt"), folder.resolve("old.pt"));
  }

  @Override
  protected boolean hasChecksums() {
    return false;
  }
}
