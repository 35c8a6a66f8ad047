package io.levin.checkpoint.s3;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import java.lang.annotation.Annotation;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Settings as a test wants them, and what it keeps. */
record TestSettings(String endpoint, int attempts, boolean conditional, int staleHours)
    implements S3Settings {
  TestSettings(String endpoint) {
    this(endpoint, 4, true, 24);
  }

  /** The storage, with credentials that the server takes, as it takes any. */
  S3Storage storage() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    return new S3Storage(this);
  }

  @Override
  public String region() {
    return "";
  }

  @Override
  public String profile() {
    return "";
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return S3Settings.class;
  }

  /**
   * A checkpoint of two tensors.
   *
   * @param bytes of the larger one
   */
  static Map<String, Object> tree(long seed, int bytes) {
    OrderedDict weights = new OrderedDict();
    weights.put("small", tensor(seed, 64));
    weights.put("large", tensor(seed + 1, bytes));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("epoch", seed);
    root.put("global_step", 10 * seed);
    root.put("state_dict", weights);
    return root;
  }

  private static Tensor tensor(long seed, int bytes) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    return Tensor.of(DType.FLOAT32, new long[] {bytes / 4}, Bytes.of(ByteBuffer.wrap(content)));
  }
}
