package io.levin.checkpoint.torch;

import io.levin.checkpoint.DType;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.util.List;

/** The functions by which PyTorch's pickles make tensors of storages. */
final class TensorCalls {
  private TensorCalls() {}

  static Object call(String name, List<Object> given) {
    return switch (name) {
      case "_rebuild_tensor", "_rebuild_tensor_v2" -> tensor(given, storage(given).dtype());
      case "_rebuild_tensor_v3" -> tensor(given, dtype(given.get(6)));
      case "_rebuild_parameter", "_rebuild_parameter_with_state" -> parameter(given.get(0));
      default ->
          throw new IllegalArgumentException(
              "tensors made by 'torch._utils.%s' are not supported".formatted(name));
    };
  }

  private static Storage storage(List<Object> given) {
    if (given.get(0) instanceof Storage storage) {
      return storage;
    }
    throw new IllegalArgumentException("a tensor without a storage");
  }

  private static Tensor tensor(List<Object> given, DType dtype) {
    if (dtype == null) {
      throw new IllegalArgumentException("a tensor of an untyped storage");
    }
    return new Tensor(
        dtype,
        sizes(given.get(2)),
        sizes(given.get(3)),
        whole(given.get(1)),
        storage(given).bytes(),
        false);
  }

  private static Tensor parameter(Object data) {
    if (data instanceof Tensor tensor) {
      return tensor.asParameter();
    }
    throw new IllegalArgumentException("a parameter without a tensor");
  }

  private static DType dtype(Object name) {
    if (name instanceof Opaque opaque && opaque.module().equals("torch")) {
      return DType.of(opaque.name())
          .orElseThrow(
              () -> new IllegalArgumentException("unknown type '%s'".formatted(opaque.type())));
    }
    throw new IllegalArgumentException("the type of a tensor is no type");
  }

  private static long[] sizes(Object value) {
    List<?> items =
        value instanceof Tuple tuple
            ? tuple.items()
            // torch.Size, a tuple with a name
            : value instanceof Opaque size && !size.arguments().isEmpty()
                ? ((Tuple) size.arguments().get(0)).items()
                : (List<?>) value;
    return items.stream().mapToLong(TensorCalls::whole).toArray();
  }

  private static long whole(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException("%s is no size".formatted(value));
  }
}
