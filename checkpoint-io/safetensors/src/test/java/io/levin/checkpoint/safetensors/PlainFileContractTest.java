package io.levin.checkpoint.safetensors;

import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.DType;
import io.levin.testkit.checkpoint.CheckpointIOContract;
import io.levin.testkit.checkpoint.Value;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** Single files hold tensors by name and nothing else, and have no checksums. */
class PlainFileContractTest extends CheckpointIOContract {
  @Override
  protected CheckpointIO checkpointIO() {
    return new SafetensorsCheckpointIO();
  }

  @Override
  protected Path path(String name) {
    return folder.resolve(name + PlainFile.SUFFIX);
  }

  @Override
  protected Set<Value> cannotKeep() {
    return EnumSet.allOf(Value.class);
  }

  @Override
  protected Set<DType> cannotKeepElements() {
    return EnumSet.of(DType.COMPLEX64, DType.COMPLEX128);
  }

  @Override
  protected boolean keepsKinds() {
    return false;
  }

  @Override
  protected boolean hasChecksums() {
    return false;
  }
}
