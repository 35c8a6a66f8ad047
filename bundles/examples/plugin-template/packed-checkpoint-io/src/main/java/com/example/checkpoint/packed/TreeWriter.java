package com.example.checkpoint.packed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Complex;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Writes a checkpoint's tree: each value is a letter, then what it is made of. */
final class TreeWriter {
  static final int DEEPEST = 200;

  private final DataOutputStream out;
  private final Map<Bytes, Integer> storages = new IdentityHashMap<>();
  private int depth;

  TreeWriter(DataOutputStream out) {
    this.out = out;
  }

  /**
   * @throws IllegalArgumentException for a value that has no place here, saying which
   */
  void write(Object value) throws IOException {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException("values are nested deeper than " + DEEPEST);
    }
    if (value == null) {
      out.writeByte('N');
    } else if (value instanceof Boolean truth) {
      out.writeByte(truth ? 'T' : 'F');
    } else if (value instanceof BigInteger large) {
      out.writeByte('I');
      bytes(large.toByteArray());
    } else if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
      out.writeByte('d');
      out.writeDouble(((Number) value).doubleValue());
    } else if (value instanceof Number number) {
      out.writeByte('i');
      out.writeLong(number.longValue());
    } else if (value instanceof Complex complex) {
      out.writeByte('c');
      out.writeDouble(complex.real());
      out.writeDouble(complex.imaginary());
    } else if (value instanceof String text) {
      out.writeByte('s');
      bytes(text.getBytes(UTF_8));
    } else if (value instanceof byte[] array) {
      out.writeByte('b');
      bytes(array);
    } else if (value instanceof Tensor tensor) {
      tensor(tensor);
    } else if (value instanceof OrderedDict dict) {
      out.writeByte('O');
      entries(dict);
      entries(dict.attributes());
    } else if (value instanceof Map<?, ?> map) {
      out.writeByte('M');
      entries(map);
    } else if (value instanceof Tuple tuple) {
      items('t', tuple.items());
    } else if (value instanceof Collection<?> items) {
      items(value instanceof Set ? 'S' : 'L', items);
    } else {
      // Objects of Python's classes among them; the contract test says so in cannotKeep().
      throw new IllegalArgumentException(
          "there is no place for a %s".formatted(value.getClass().getSimpleName()));
    }
    depth--;
  }

  private void bytes(byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private void entries(Map<?, ?> map) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      write(entry.getKey());
      write(entry.getValue());
    }
  }

  private void items(char letter, Collection<?> items) throws IOException {
    out.writeByte(letter);
    out.writeInt(items.size());
    for (Object item : items) {
      write(item);
    }
  }

  /** What tensors share is written with the first of them, and named by its number after that. */
  private void tensor(Tensor tensor) throws IOException {
    out.writeByte(tensor.parameter() ? 'P' : 'A');
    out.writeUTF(tensor.dtype().label());
    out.writeInt(tensor.shape().length);
    for (int axis = 0; axis < tensor.shape().length; axis++) {
      out.writeLong(tensor.shape()[axis]);
      out.writeLong(tensor.stride()[axis]);
    }
    out.writeLong(tensor.offset());
    Integer known = storages.putIfAbsent(tensor.storage(), storages.size());
    out.writeInt(known == null ? -1 : known);
    if (known == null) {
      storage(tensor.storage());
    }
  }

  private void storage(Bytes storage) throws IOException {
    if (storage.size() > TreeReader.LARGEST) {
      throw new IllegalArgumentException(
          "a tensor of %d bytes is larger than 2 GiB".formatted(storage.size()));
    }
    out.writeInt((int) storage.size());
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(1 << 16, storage.size()));
    for (long at = 0; at < storage.size(); at += chunk.limit()) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), storage.size() - at));
      storage.read(at, chunk);
      out.write(chunk.array(), 0, chunk.limit());
    }
  }
}
