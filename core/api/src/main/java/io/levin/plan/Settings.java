package io.levin.plan;

/** Names of the settings that families share with each other, and the type of each value. */
public final class Settings {
  /** Accelerator: String, the kind of device, for example {@code gpu}; as in {@link Hardware}. */
  public static final String DEVICE = "device";

  /** Accelerator: List of Integer, the indices of this node's devices. */
  public static final String DEVICES = "devices";

  /** Accelerator: Boolean, whether the device's rules run on another device. */
  public static final String EMULATED = "emulated";

  /** Accelerator: Integer, libtorch's threads in each process; absent where it has its own way. */
  public static final String THREADS = "threads";

  /** Accelerator: String, who says so: an argument, a variable, the machine's processors. */
  public static final String THREADS_FROM = "threads-from";

  /** Cluster environment: Boolean, whether somebody else starts the processes. */
  public static final String EXTERNAL = "creates-processes-externally";

  /**
   * Cluster environment: {@link Conflict}, present when the scheduler launched a number of
   * processes other than devices × nodes. It counts only against a strategy with {@link
   * #SEVERAL_PROCESSES}.
   */
  public static final String WRONG_TASKS = "wrong-tasks";

  /** Strategy: Boolean, whether it runs one process for every device. */
  public static final String SEVERAL_PROCESSES = "several-processes";

  /** Strategy: String, the registered word it goes by, for example {@code ddp_sharded}. */
  public static final String STRATEGY = "strategy";

  /**
   * Precision: String, {@code 16}, {@code 32}, {@code 64} or {@code bf16}, after all substitutions;
   * {@code mixed} with Apex, as there.
   */
  public static final String PRECISION = "precision";

  /** Precision: Boolean, whether it scales the loss. */
  public static final String SCALER = "scaler";

  private Settings() {}
}
