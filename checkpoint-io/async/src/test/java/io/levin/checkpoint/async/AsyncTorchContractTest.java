package io.levin.checkpoint.async;

import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import io.levin.testkit.checkpoint.CheckpointIOContract;

class AsyncTorchContractTest extends CheckpointIOContract {
  @Override
  protected CheckpointIO checkpointIO() {
    return new AsyncCheckpointIO(new TorchCheckpointIO(), 2);
  }
}
