package io.levin.checkpoint.async;

import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.testkit.checkpoint.CheckpointIOContract;

class AsyncSafetensorsContractTest extends CheckpointIOContract {
  @Override
  protected CheckpointIO checkpointIO() {
    return new AsyncCheckpointIO(new SafetensorsCheckpointIO(), 2);
  }
}
