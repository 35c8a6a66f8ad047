package io.levin.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the memory of an array back while libtorch still holds on to the array, as autograd does
 * with what a backward pass will need, and takes new memory before that pass. What FSDP of PyTorch
 * does by {@code untyped_storage().resize_}: the storage is resized, the tensors on it stay.
 *
 * <p>No operation of TorchScript shrinks a storage, so libtorch's own function is called, with the
 * storage found by its place in a tensor; both are checked before use.
 */
public final class Storages {
  private static final String RESIZE = "_ZN2at6native16resize_bytes_cpuEPN3c1011StorageImplEm";

  private static final Logger LOG = LoggerFactory.getLogger(Storages.class);

  /** Of mallopt: pieces of so many bytes and more are the system's, each for itself. */
  private static final int MMAP_THRESHOLD = -3;

  private static final int LARGE_PIECE = 1 << 20;

  /** Where libtorch 2.7 on a machine of 64 bits has these, in bytes. */
  private static final int STORAGE_OF_TENSOR = 16;

  private static final int USERS = 8;
  private static final int DATA = 16;
  private static final int SIZE = 48;
  private static final int RESIZABLE = 57;

  private static final class Holder {
    private static final String MISSING = probe();
  }

  private Storages() {}

  /**
   * Has the C library give large pieces of memory back to the system when they are freed: by itself
   * glibc takes the first of them as a reason to keep all that follow, and what is gathered and
   * freed block by block leaves the process larger than if it had been kept. For good, and for the
   * whole process; nothing happens with other C libraries.
   */
  public static void returnLargePieces() {
    try {
      Function.getFunction("c", "mallopt").invokeInt(new Object[] {MMAP_THRESHOLD, LARGE_PIECE});
    } catch (UnsatisfiedLinkError e) {
      LOG.debug("this C library has no mallopt: {}", e.getMessage());
    }
  }

  /** Why memory cannot be given back on this platform; empty when it can. */
  public static String missing() {
    return Holder.MISSING;
  }

  private static String probe() {
    String missing = LibTorch.missing(RESIZE);
    if (!missing.isEmpty()) {
      return missing;
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray probe = manager.zeros(new Shape(3, 5));
      return find(probe) == null ? "this libtorch keeps its storages elsewhere" : "";
    }
  }

  /**
   * Frees the memory of an array, which has a storage of its own. Until {@link #allocate} nothing
   * may read or write it: there is nothing there.
   */
  public static void release(NDArray array) {
    Pointer storage = array.size() == 0 || !missing().isEmpty() ? null : find(array);
    if (storage != null) {
      LibTorch.function(RESIZE).invoke(Void.class, new Object[] {storage, 0L});
    }
  }

  /** The same for an array that may share its memory with others: nothing happens then. */
  public static void releaseUnshared(NDArray array) {
    Pointer storage = array.size() == 0 || !missing().isEmpty() ? null : find(array);
    if (storage != null && storage.getInt(USERS) == 1) {
      LibTorch.function(RESIZE).invoke(Void.class, new Object[] {storage, 0L});
    }
  }

  /** Whether two arrays have one memory, of which each may see another part. */
  public static boolean share(NDArray one, NDArray other) {
    return storage(one).equals(storage(other));
  }

  private static Pointer storage(NDArray array) {
    Pointer tensor = new Pointer(((PtNDArray) array).getHandle()).getPointer(0);
    return tensor.getPointer(STORAGE_OF_TENSOR);
  }

  /** Takes memory again, which holds anything; nothing happens where it was not released. */
  public static void allocate(NDArray array) {
    Shards.run("allocate", array);
  }

  /** Null where it is not what it should be: nothing is done with such a storage. */
  private static Pointer find(NDArray array) {
    Pointer storage = storage(array);
    var memory = array.toByteBuffer(true);
    boolean isIt =
        storage != null
            && storage.getLong(DATA) == Pointer.nativeValue(Native.getDirectBufferPointer(memory))
            && storage.getLong(SIZE) == memory.capacity()
            && storage.getByte(RESIZABLE) == 1;
    return isIt ? storage : null;
  }
}
