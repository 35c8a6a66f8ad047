package io.levin.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** Moves numbers between devices. Nothing is recorded. */
public final class Transfer {
  private Transfer() {}

  /** Whether Java reads and writes the memory of a device's arrays itself. */
  public static boolean isDirect(Device device) {
    return device.getDeviceType().equals(Device.Type.CPU);
  }

  /**
   * A new array with the same numbers, wherever the manager's arrays are; to a GPU by way of memory
   * that it reads by itself.
   *
   * @param owner of the new array
   */
  public static NDArray to(NDManager owner, NDArray array) {
    // A lazy array keeps hold of the memory it came from, which may be Java's, and end before it.
    boolean isPinned = owner.getDevice().isGpu() && isDirect(array.getDevice());
    try (NDArray own = isPinned ? Script.recorded("pinned", array) : array.duplicate()) {
      NDArray moved = own.toDevice(owner.getDevice(), true);
      moved.attach(owner);
      moved.setName(array.getName());
      return moved;
    }
  }

  /**
   * Lets Java write all elements of an array, wherever it is.
   *
   * @param writer given memory of the array's size, in native order
   */
  public static void write(NDArray target, Consumer<ByteBuffer> writer) {
    if (isDirect(target.getDevice())) {
      writer.accept(target.toByteBuffer(true).order(ByteOrder.nativeOrder()));
      return;
    }
    try (NDManager host = NDManager.newBaseManager(Device.cpu())) {
      boolean isBf16 = target.getDataType() == DataType.UNKNOWN;
      DataType type = isBf16 ? DataType.FLOAT32 : target.getDataType();
      NDArray zeros = host.zeros(target.getShape(), type);
      NDArray memory = isBf16 ? Casts.toBf16(zeros) : zeros;
      writer.accept(memory.toByteBuffer(true).order(ByteOrder.nativeOrder()));
      copy(memory, target);
    }
  }

  /** Copies all elements into an array that stays the same; devices and types may differ. */
  public static void copy(NDArray source, NDArray target) {
    try (NDArray own = source.duplicate();
        IValue from = IValue.from((PtNDArray) own);
        IValue to = IValue.from((PtNDArray) target)) {
      Script.run("copy", to, from).close();
    }
  }
}
