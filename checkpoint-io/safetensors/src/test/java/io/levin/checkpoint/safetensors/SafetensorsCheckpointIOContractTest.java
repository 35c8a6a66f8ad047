package io.levin.checkpoint.safetensors;

import io.levin.checkpoint.CheckpointIO;
import io.levin.testkit.checkpoint.CheckpointIOContract;

class SafetensorsCheckpointIOContractTest extends CheckpointIOContract {
  @Override
  protected CheckpointIO checkpointIO() {
    return new SafetensorsCheckpointIO();
  }
}
