package io.levin.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets a rule cast what goes into an operation, at the one door between DJL and libtorch: what
 * patched functions are in Python. The mended {@code JniUtils} calls it at the start of each of
 * {@link #OPERATIONS}; a thread without a rule pays one read of a field.
 */
public final class OpCasts {
  /** Decides about one array on its way into an operation. */
  @FunctionalInterface
  public interface Rule {
    /** The array to take instead, or the same; {@code method} is a value of {@link #OPERATIONS}. */
    NDArray cast(String method, NDArray array);
  }

  /** PyTorch's names of the operations that can be cast, with DJL's methods for them. */
  public static final Map<String, String> OPERATIONS = operations();

  private static final ThreadLocal<Rule> RULES = new ThreadLocal<>();

  /** Threads that have a rule; read without a lock, since a thread sees its own writes. */
  private static int open;

  private OpCasts() {}

  private static Map<String, String> operations() {
    Map<String, String> methods = new TreeMap<>();
    for (String name :
        ("matmul bmm dot linear embedding add sub mul div pow exp log log10 log2 sqrt sum mean"
                + " prod softmax relu elu selu gelu sigmoid tanh erf dropout rnn gru lstm norm cat"
                + " stack where softplus softsign sin cos tan asin acos atan sinh cosh"
                + " erfinv normalize interpolate")
            .split(" ")) {
      methods.put(name, name);
    }
    methods.put("softplus", "softPlus");
    methods.put("softsign", "softSign");
    methods.put("log_softmax", "logSoftmax");
    methods.put("layer_norm", "layerNorm");
    methods.put("batch_norm", "batchNorm");
    methods.put("leaky_relu", "leakyRelu");
    methods.put("cumsum", "cumSum");
    methods.put("cumprod", "cumProd");
    methods.put("topk", "topK");
    for (String product : new String[] {"mm", "mv", "addmm", "addmv"}) {
      methods.put(product, "matmul");
    }
    methods.put("baddbmm", "bmm");
    for (String convolution : new String[] {"conv1d", "conv2d", "conv3d", "convolution"}) {
      methods.put(convolution, "convolution");
    }
    for (int i = 1; i <= 3; i++) {
      methods.put("max_pool%dd".formatted(i), "maxPool");
      methods.put("avg_pool%dd".formatted(i), "avgPool");
    }
    return Map.copyOf(methods);
  }

  /** Gives this thread a rule, or none with null; the one it had is returned. */
  public static Rule use(Rule rule) {
    Rule before = RULES.get();
    if (rule == null) {
      RULES.remove();
    } else {
      RULES.set(rule);
    }
    count((rule == null ? 0 : 1) - (before == null ? 0 : 1));
    return before;
  }

  private static synchronized void count(int change) {
    open += change;
  }

  /** Called by the mended class. */
  public static PtNDArray cast(PtNDArray array, String method) {
    if (open == 0 || array == null) {
      return array;
    }
    Rule rule = RULES.get();
    return rule == null ? array : (PtNDArray) rule.cast(method, array);
  }

  /** Called by the mended class, for the weights of recurrent operations. */
  public static NDList cast(NDList arrays, String method) {
    if (open == 0 || arrays == null || RULES.get() == null) {
      return arrays;
    }
    NDList cast = new NDList(arrays.size());
    arrays.forEach(array -> cast.add(cast((PtNDArray) array, method)));
    return cast;
  }

  /** Called by the mended class, for operations of many arrays. */
  public static PtNDArray[] cast(PtNDArray[] arrays, String method) {
    if (open == 0 || RULES.get() == null) {
      return arrays;
    }
    PtNDArray[] cast = new PtNDArray[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      cast[i] = cast(arrays[i], method);
    }
    return cast;
  }
}
