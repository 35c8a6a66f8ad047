package io.levin.checkpoint.devices;

/** Keeps the checkpoints of TPU runs in PyTorch's files. */
public final class XLACheckpointIO extends HostCheckpointIO {}
