package io.levin.torch;

import ai.djl.Device;
import io.levin.engine.Lacking;
import io.levin.engine.Mends;
import java.util.HashMap;
import java.util.Map;

/**
 * One of libtorch's lazy devices: what is done to its arrays is recorded, and at a step's end
 * compiled with TorchScript and run on the CPU; a step recorded alike is not compiled again.
 *
 * <p>One thread drives one device: a step's end runs what every thread has recorded there.
 */
public final class LazyDevice implements AutoCloseable {
  /** The device type, as DJL's mended classes name it. */
  public static final String TYPE = "lazy";

  /** Steps that {@link #compiledLately} looks back. */
  public static final int WINDOW = 20;

  private static final Map<Integer, LazyDevice> OPEN = new HashMap<>();
  private static String failure;

  private final LazyDoor door;
  private final int ordinal;
  private final LazyCounters before;
  private Thread owner = Thread.currentThread();
  private boolean isUsed;
  private long marks;
  private int recent;

  private LazyDevice(LazyDoor door, int ordinal) {
    this.door = door;
    this.ordinal = ordinal;
    before = LazyCounters.read(door);
  }

  /** Whether arrays of a device are lazy. */
  public static boolean is(Device device) {
    return device.getDeviceType().equals(TYPE);
  }

  /** Why there are none here, as far as can be told for nothing; empty when there are. */
  public static String foreseen() {
    return LibTorchBuild.foreseen();
  }

  /**
   * Takes a device for the calling thread until it is closed.
   *
   * @throws UnsupportedOperationException saying why lazy devices cannot be had
   * @throws IllegalStateException when another thread has it
   */
  public static synchronized LazyDevice open(int ordinal) {
    LazyDoor door = LazyDoor.NATIVE.functions();
    start(door);
    LazyDevice other = OPEN.get(ordinal);
    if (other != null && other.owner != Thread.currentThread() && other.owner.isAlive()) {
      throw new IllegalStateException(
          "lazy:%d is in use by thread '%s'".formatted(ordinal, other.owner.getName()));
    }
    LazyDevice device = new LazyDevice(door, ordinal);
    OPEN.put(ordinal, device);
    return device;
  }

  private static void start(LazyDoor door) {
    if (failure == null) {
      failure = Mends.missing();
      byte[] error = new byte[NativeFailure.ROOM];
      if (failure.isEmpty() && door.levin_lazy_start(error, error.length) != 0) {
        failure = new NativeFailure(error).getMessage();
      }
      Lacking.carriedBy(new LazyLacking());
    }
    if (!failure.isEmpty()) {
      throw new UnsupportedOperationException(failure);
    }
  }

  /** As DJL calls it. */
  public Device device() {
    return Device.of(TYPE, ordinal);
  }

  /**
   * Ends a step: runs what was recorded, and waits for it.
   *
   * @throws IllegalStateException on a thread other than that which drives the device
   * @throws NativeFailure with what an operation of the step failed of
   */
  public void markStep() {
    Thread thread = Thread.currentThread();
    if (thread != owner) {
      if (isUsed) {
        throw new IllegalStateException(
            "lazy:%d belongs to thread '%s', and thread '%s' ends a step of it"
                .formatted(ordinal, owner.getName(), thread.getName()));
      }
      owner = thread; // opened by one thread for another, which is the first to use it
    }
    isUsed = true;
    marks++;
    long compiled = compiledInProcess();
    byte[] error = new byte[NativeFailure.ROOM];
    if (door.levin_lazy_mark_step(ordinal, error, error.length) != 0) {
      throw new NativeFailure(error);
    }
    recent = (recent << 1 | (compiledInProcess() > compiled ? 1 : 0)) & ((1 << WINDOW) - 1);
  }

  /** How many of the last {@value #WINDOW} steps had to be compiled. */
  public int compiledLately() {
    return Integer.bitCount(recent);
  }

  /** Steps ended since it was opened. */
  public long markedSteps() {
    return marks;
  }

  /** What was counted since it was opened, on all lazy devices of the process. */
  public LazyCounters counters() {
    return LazyCounters.read(door).since(before);
  }

  /** Graphs compiled in this process, a number that costs nothing to read. */
  private long compiledInProcess() {
    return door.levin_lazy_counter("UncachedCompile");
  }

  @Override
  public void close() {
    synchronized (LazyDevice.class) {
      OPEN.remove(ordinal, this);
    }
  }
}
