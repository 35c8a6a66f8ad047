package com.example.checkpoint.packed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Complex;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@link TreeWriter} wrote. It takes memory only for what is really there: a large count
 * in a short file ends with the file.
 */
final class TreeReader {
  static final int LARGEST = Integer.MAX_VALUE - 8;

  private final DataInputStream in;
  private final List<Bytes> storages = new ArrayList<>();
  private int depth;

  TreeReader(DataInputStream in) {
    this.in = in;
  }

  /**
   * @throws IOException when it ends early, or holds what cannot be
   * @throws IllegalArgumentException when a tensor does not fit its storage
   */
  Object read() throws IOException {
    if (++depth > TreeWriter.DEEPEST) {
      throw new IOException("values are nested too deeply");
    }
    char letter = (char) in.readUnsignedByte();
    Object value =
        switch (letter) {
          case 'N' -> null;
          case 'T' -> true;
          case 'F' -> false;
          case 'I' -> new BigInteger(bytes());
          case 'd' -> in.readDouble();
          case 'i' -> in.readLong();
          case 'c' -> new Complex(in.readDouble(), in.readDouble());
          case 's' -> new String(bytes(), UTF_8);
          case 'b' -> bytes();
          case 'P' -> tensor().asParameter();
          case 'A' -> tensor();
          case 'O' -> ordered();
          case 'M' -> entries(new LinkedHashMap<>());
          case 't' -> new Tuple(items());
          case 'S' -> new LinkedHashSet<>(items());
          case 'L' -> items();
          default -> throw new IOException("there is no kind of value '%s'".formatted(letter));
        };
    depth--;
    return value;
  }

  private byte[] bytes() throws IOException {
    int length = count();
    byte[] bytes = in.readNBytes(length); // grows with what is there
    if (bytes.length < length) {
      throw new IOException("it ends early");
    }
    return bytes;
  }

  private int count() throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw new IOException("a count is negative");
    }
    return count;
  }

  private OrderedDict ordered() throws IOException {
    OrderedDict dict = new OrderedDict();
    entries(dict);
    entries(dict.attributes());
    return dict;
  }

  private Map<Object, Object> entries(Map<Object, Object> into) throws IOException {
    for (int rest = count(); rest > 0; rest--) {
      Object key = read();
      into.put(key, read());
    }
    return into;
  }

  private List<Object> items() throws IOException {
    List<Object> items = new ArrayList<>();
    for (int rest = count(); rest > 0; rest--) {
      items.add(read());
    }
    return items;
  }

  private Tensor tensor() throws IOException {
    String label = in.readUTF();
    DType dtype = DType.of(label).orElseThrow(() -> new IOException("there is no type " + label));
    int axes = count();
    if (axes > 64) {
      throw new IOException(axes + " dimensions are too many");
    }
    long[] shape = new long[axes];
    long[] stride = new long[axes];
    for (int axis = 0; axis < axes; axis++) {
      shape[axis] = in.readLong();
      stride[axis] = in.readLong();
    }
    long offset = in.readLong();
    int known = in.readInt();
    if (known >= storages.size()) {
      throw new IOException("there is no storage " + known);
    }
    if (known < 0) {
      storages.add(Bytes.of(bytes()));
    }
    Bytes storage = storages.get(known < 0 ? storages.size() - 1 : known);
    return new Tensor(dtype, shape, stride, offset, storage, false);
  }
}
