package io.levin.checkpoint.torch;

import io.levin.checkpoint.CheckpointIO;
import io.levin.testkit.checkpoint.CheckpointIOContract;

class TorchCheckpointIOContractTest extends CheckpointIOContract {
  @Override
  protected CheckpointIO checkpointIO() {
    return new TorchCheckpointIO();
  }
}
