package com.example.checkpoint.packed;

import io.levin.checkpoint.CheckpointIO;
import io.levin.testkit.checkpoint.CheckpointIOContract;
import io.levin.testkit.checkpoint.Value;
import java.util.EnumSet;
import java.util.Set;

class PackedCheckpointIOContractTest extends CheckpointIOContract {
  @Override
  protected CheckpointIO checkpointIO() {
    return new PackedCheckpointIO();
  }

  @Override
  protected Set<Value> cannotKeep() {
    return EnumSet.of(Value.OPAQUE_OBJECTS);
  }
}
