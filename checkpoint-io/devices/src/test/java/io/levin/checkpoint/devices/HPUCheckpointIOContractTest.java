package io.levin.checkpoint.devices;

import io.levin.checkpoint.CheckpointIO;
import io.levin.testkit.checkpoint.CheckpointIOContract;

class HPUCheckpointIOContractTest extends CheckpointIOContract {
  @Override
  protected CheckpointIO checkpointIO() {
    return new HPUCheckpointIO();
  }
}
