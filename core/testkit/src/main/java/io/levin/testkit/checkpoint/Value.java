package io.levin.testkit.checkpoint;

import io.levin.checkpoint.Complex;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tuple;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Kinds of value that a checkpoint holds besides maps of tensors, each with an example. */
public enum Value {
  NULL(() -> Arrays.asList((Object) null)),
  TRUTH(() -> List.of(true, false)),
  NUMBERS(() -> List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 0.1, -0.0, Double.MIN_VALUE)),
  NUMBERS_THAT_ARE_NOT_FINITE(
      () -> List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)),
  NUMBERS_BEYOND_64_BITS(() -> BigInteger.ONE.shiftLeft(200).negate()),
  COMPLEX_NUMBERS(() -> new Complex(1.5, Double.NEGATIVE_INFINITY)),
  TEXTS(() -> List.of("", "two\nlines", "ü 木 \uD83D\uDC34 \u0000 \" \\", "long ".repeat(20_000))),
  BYTES(() -> new byte[] {0, -1, 127, -128, 10}),
  LISTS(() -> List.of(List.of(), List.of(1L, List.of("x")), Samples.vector(3))),
  TUPLES(() -> Tuple.of(Tuple.of(), Tuple.of(1L, null, "x"), Samples.vector(4))),
  SETS(() -> new LinkedHashSet<>(List.of(1L, "x", Tuple.of(2L)))),
  MAPS(() -> Map.of("in", Map.of("deeper", Map.of("still", 1L)), "tensor", Samples.vector(5))),
  KEYS_OF_ANY_KIND(Value::keys),
  ORDERED_DICTS(Value::ordered),
  PARAMETERS(() -> List.of(Samples.vector(6).asParameter(), Samples.vector(6))),
  /** Objects of classes that mean nothing here. */
  OPAQUE_OBJECTS(Value::opaque);

  private final Supplier<Object> example;

  Value(Supplier<Object> example) {
    this.example = example;
  }

  /** A value of this kind, new each time. */
  public Object example() {
    return example.get();
  }

  private static Object keys() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(7L, "an integer");
    map.put(-0.5, "a float");
    map.put(true, "a truth");
    map.put(Tuple.of(1L, "x"), "a tuple");
    map.put(null, "nothing");
    map.put("a/b", "a text with a slash");
    return map;
  }

  private static Object ordered() {
    OrderedDict dict = new OrderedDict();
    for (int i = 9; i >= 0; i--) {
      dict.put("layer." + i, Samples.vector(i + 1));
    }
    dict.attributes().put("_metadata", new OrderedDict(Map.of("", Map.of("version", 1L))));
    return dict;
  }

  private static Object opaque() {
    Opaque object = new Opaque("herd.farm", "Sheep", Opaque.Made.CALL, List.of("Dolly", 5L));
    object.state(Map.of("wool", Samples.vector(2)));
    return List.of(object, object, new Opaque("herd.farm", "Goat", Opaque.Made.NAME, List.of()));
  }
}
