package io.levin.checkpoint.torch;

import static io.levin.checkpoint.torch.Opcode.*;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Complex;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes values as a pickle of protocol 2, the one of {@code torch.save}, with only those opcodes
 * and names that {@code torch.load(weights_only=True)} allows, as far as the values allow it.
 */
final class PickleWriter {
  private static final int DEEPEST = 500;

  private final PickleOutput out = new PickleOutput();
  private final StorageTable storages = new StorageTable();
  private final Map<Opaque, Integer> written = new IdentityHashMap<>();
  private int depth;

  /**
   * @throws IllegalArgumentException when a value has no place in a pickle, saying which
   */
  byte[] write(Object root) {
    out.octet(PROTO).octet(2);
    value(root);
    out.octet(STOP);
    return out.bytes();
  }

  /** The storages that the pickle refers to; a storage's key is its index. */
  List<Bytes> storages() {
    return storages.all();
  }

  private void value(Object value) {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException(
          "values are nested deeper than %d, or contain themselves".formatted(DEEPEST));
    }
    if (!scalar(value) && !container(value)) {
      throw new IllegalArgumentException(
          "a %s has no place in a checkpoint; put numbers, texts, lists, maps or tensors there"
              .formatted(value.getClass().getName()));
    }
    depth--;
  }

  private boolean scalar(Object value) {
    if (value == null) {
      out.octet(NONE);
    } else if (value instanceof Boolean truth) {
      out.octet(truth ? NEWTRUE : NEWFALSE);
    } else if (value instanceof String text) {
      out.text(text);
    } else if (value instanceof Double || value instanceof Float) {
      out.octet(BINFLOAT).bigEndian(Double.doubleToRawLongBits(((Number) value).doubleValue()));
    } else if (value instanceof BigInteger whole) {
      out.integer(whole);
    } else if (value instanceof Number whole) {
      out.integer(whole.longValue());
    } else if (value instanceof byte[] bytes) {
      bytes(bytes);
    } else if (value instanceof Complex complex) {
      out.global("__builtin__", "complex");
      value(complex.real());
      value(complex.imaginary());
      out.octet(TUPLE2).octet(REDUCE);
    } else {
      return false;
    }
    return true;
  }

  /** Protocol 2 has no bytes: a text that Python encodes. */
  private void bytes(byte[] bytes) {
    out.global("_codecs", "encode");
    out.text(new String(bytes, StandardCharsets.ISO_8859_1));
    out.text("latin1");
    out.octet(TUPLE2).octet(REDUCE);
  }

  private boolean container(Object value) {
    if (value instanceof Tensor tensor) {
      tensor(tensor);
    } else if (value instanceof OrderedDict dict) {
      out.global("collections", "OrderedDict").octet(EMPTY_TUPLE).octet(REDUCE);
      entries(dict);
      if (!dict.attributes().isEmpty()) {
        value(dict.attributes());
        out.octet(BUILD);
      }
    } else if (value instanceof Map<?, ?> map) {
      out.octet(EMPTY_DICT);
      entries(map);
    } else if (value instanceof Tuple tuple) {
      tuple(tuple.items());
    } else if (value instanceof Set<?> set) {
      out.global("__builtin__", "set").octet(EMPTY_LIST);
      items(set);
      out.octet(TUPLE1).octet(REDUCE);
    } else if (value instanceof Collection<?> list) {
      out.octet(EMPTY_LIST);
      items(list);
    } else if (value instanceof Opaque opaque) {
      opaque(opaque);
    } else {
      return false;
    }
    return true;
  }

  private void entries(Map<?, ?> map) {
    if (map.isEmpty()) {
      return;
    }
    out.octet(MARK);
    map.forEach(
        (key, entry) -> {
          value(key);
          value(entry);
        });
    out.octet(SETITEMS);
  }

  private void items(Collection<?> items) {
    if (items.isEmpty()) {
      return;
    }
    out.octet(MARK);
    items.forEach(this::value);
    out.octet(APPENDS);
  }

  private void tuple(List<?> items) {
    if (items.isEmpty()) {
      out.octet(EMPTY_TUPLE);
    } else if (items.size() <= 3) {
      items.forEach(this::value);
      out.octet(TUPLE1 + items.size() - 1);
    } else {
      out.octet(MARK);
      items.forEach(this::value);
      out.octet(TUPLE);
    }
  }

  private void tensor(Tensor tensor) {
    if (tensor.parameter()) {
      out.global("torch._utils", "_rebuild_parameter");
    }
    DType dtype = tensor.dtype();
    out.global("torch._utils", "_rebuild_tensor_v2").octet(MARK);
    out.octet(MARK).text("storage").global("torch", StorageTypes.name(dtype));
    out.text(Integer.toString(storages.key(tensor.storage(), dtype))).text("cpu");
    out.integer(tensor.storage().size() / dtype.bytes());
    out.octet(TUPLE).octet(BINPERSID);
    out.integer(tensor.offset());
    sizes(tensor.shape());
    sizes(tensor.stride());
    out.octet(NEWFALSE);
    hooks();
    out.octet(TUPLE).octet(REDUCE);
    if (tensor.parameter()) {
      out.octet(NEWTRUE);
      hooks();
      out.octet(TUPLE3).octet(REDUCE);
    }
  }

  /** PyTorch wants an empty OrderedDict where backward hooks would stand. */
  private void hooks() {
    out.global("collections", "OrderedDict").octet(EMPTY_TUPLE).octet(REDUCE);
  }

  private void sizes(long[] sizes) {
    if (sizes.length == 0 || sizes.length > 3) {
      tuple(Arrays.stream(sizes).boxed().toList());
      return;
    }
    for (long size : sizes) {
      out.integer(size);
    }
    out.octet(TUPLE1 + sizes.length - 1);
  }

  private void opaque(Opaque opaque) {
    Integer known = written.get(opaque);
    if (known != null) {
      out.recall(known);
      return;
    }
    out.global(opaque.module(), opaque.name());
    if (opaque.made() == Opaque.Made.NAME) {
      return;
    }
    tuple(opaque.arguments());
    out.octet(opaque.made() == Opaque.Made.NEW ? NEWOBJ : REDUCE);
    written.put(opaque, out.remember());
    items(opaque.items());
    entries(opaque.entries());
    if (opaque.state() != null) {
      value(opaque.state());
      out.octet(BUILD);
    }
  }
}
