package io.levin.testkit.checkpoint;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.SupportsAsyncSave;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.Map;

/** The process that is killed: saves under one name, each time one element more. */
public final class SaveForever {
  static final int SMALLEST = 200_000;

  private SaveForever() {}

  /**
   * @param arguments the class of the contract, which makes the CheckpointIO; the path
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    CheckpointIO io = ((CheckpointIOContract) constructor.newInstance()).checkpointIO();
    for (int count = 0; ; count++) {
      Map<String, Object> tree = Map.of("tensor", Samples.tensor(DType.UINT8, SMALLEST + count));
      io.save(Checkpoint.of(tree), Path.of(arguments[1]));
      if (io instanceof SupportsAsyncSave async) {
        async.flush();
      }
      System.out.println(count);
    }
  }
}
