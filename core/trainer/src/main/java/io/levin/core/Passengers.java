package io.levin.core;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Tensor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a file's state_dict holds for others: kept as it is for the files to come, so that the model
 * can go back to where it was trained first.
 */
final class Passengers {
  private static final Logger LOG = LoggerFactory.getLogger(Passengers.class);
  private static final long MOST_BYTES = 16L << 20;

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private long bytes;

  void take(String name, Object value) {
    if (!(value instanceof Tensor tensor)) {
      return;
    }
    if (bytes + tensor.size() > MOST_BYTES) {
      LOG.warn("'{}' is left out, and will not be in new checkpoints: it is large", name);
      return;
    }
    ByteBuffer copy = ByteBuffer.allocate((int) tensor.size());
    tensor.read(0, copy);
    tensors.put(name, Tensor.of(tensor.dtype(), tensor.shape(), Bytes.of(copy.array())));
    bytes += tensor.size();
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }
}
