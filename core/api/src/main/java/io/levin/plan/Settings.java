package io.levin.plan;

/** Names of the settings that families share with each other, and the type of each value. */
public final class Settings {
  /** Accelerator: List of Integer, the indices of this node's devices. */
  public static final String DEVICES = "devices";

  /** Accelerator: Boolean, whether the device's rules run on another device. */
  public static final String EMULATED = "emulated";

  /** Cluster environment: Boolean, whether somebody else starts the processes. */
  public static final String EXTERNAL = "creates-processes-externally";

  /** Strategy: String, the registered word it goes by, for example {@code ddp_sharded}. */
  public static final String STRATEGY = "strategy";

  /**
   * Precision: String, {@code 16}, {@code 32}, {@code 64} or {@code bf16}, after all substitutions.
   */
  public static final String PRECISION = "precision";

  /** Precision: Boolean, whether it scales the loss. */
  public static final String SCALER = "scaler";

  private Settings() {}
}
