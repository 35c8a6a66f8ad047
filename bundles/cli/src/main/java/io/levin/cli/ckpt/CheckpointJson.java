package io.levin.cli.ckpt;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.TensorPaths;
import java.util.LinkedHashMap;
import java.util.Map;

/** A checkpoint's tensors as JSON. */
public final class CheckpointJson {
  private CheckpointJson() {}

  /** {@code format} and {@code tensors}: dtype, shape and SHA-256 of the elements by path. */
  public static Map<String, Object> of(String format, Checkpoint checkpoint) {
    Map<String, Object> tensors = new LinkedHashMap<>();
    TensorPaths.of(checkpoint.root())
        .forEach(
            (path, tensor) -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("dtype", tensor.dtype().label());
              json.put("shape", tensor.shape());
              json.put("sha256", Digest.sha256(tensor));
              tensors.put(path, json);
            });
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", format);
    json.put("tensors", tensors);
    return json;
  }
}
