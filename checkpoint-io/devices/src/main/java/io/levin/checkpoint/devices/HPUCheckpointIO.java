package io.levin.checkpoint.devices;

/** Keeps the checkpoints of HPU runs in PyTorch's files. */
public final class HPUCheckpointIO extends HostCheckpointIO {}
