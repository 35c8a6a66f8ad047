package io.levin.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The operations of {@code ops.py}, loaded once per process; safe for several threads. */
final class Script {
  private static final NDManager OWNER = NDManager.newBaseManager();
  private static final PtSymbolBlock OPS = load("ops.py");
  private static final Map<String, NDArray> SELECTORS = new ConcurrentHashMap<>();

  private Script() {}

  /** The operations of one text; they live as long as the process. */
  static PtSymbolBlock load(String file) {
    try (InputStream text = Script.class.getResourceAsStream(file)) {
      String source = new String(text.readAllBytes(), StandardCharsets.US_ASCII);
      return JniUtils.loadModule(
          (PtNDManager) OWNER, new ByteArrayInputStream(ScriptArchive.of(source)), true, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs an operation outside autograd; in place on what it is given. */
  static IValue run(String operation, IValue... inputs) {
    return IValueUtils.runMethod(OPS, operation, inputs);
  }

  /**
   * Runs an operation of arrays, recorded where the thread records; the result goes with the first.
   */
  static NDArray recorded(String operation, NDArray... inputs) {
    String[] names = new String[inputs.length];
    NDList list = new NDList(inputs.length + 1);
    for (int i = 0; i < inputs.length; i++) {
      // The engine takes names apart (a dot makes a dict of inputs), so they are hidden meanwhile.
      names[i] = inputs[i].getName();
      inputs[i].setName(null);
      list.add(inputs[i]);
    }
    list.add(SELECTORS.computeIfAbsent(operation, Script::selector));
    try {
      return IValueUtils.forward(OPS, list, true).head();
    } finally {
      for (int i = 0; i < inputs.length; i++) {
        inputs[i].setName(names[i]);
      }
    }
  }

  /** An array whose name picks a method: the engine's own convention. */
  private static NDArray selector(String operation) {
    NDArray array = OWNER.zeros(new Shape(1));
    array.setName("module_method:" + operation);
    return array;
  }

  static PtNDArray[] handles(Iterable<? extends NDArray> arrays) {
    java.util.List<PtNDArray> list = new java.util.ArrayList<>();
    arrays.forEach(array -> list.add((PtNDArray) array));
    return list.toArray(PtNDArray[]::new);
  }
}
