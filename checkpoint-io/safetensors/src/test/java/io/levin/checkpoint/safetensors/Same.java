package io.levin.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Compares two checkpoints value for value, bit for bit, and in what they share. */
final class Same {
  private final Map<Object, Object> partners = new IdentityHashMap<>();

  void compare(String path, Object one, Object other) {
    if (one == null || other == null) {
      assertThat(other).as(path).isEqualTo(one);
    } else if (one instanceof Tensor a) {
      assertThat(other).as(path).isInstanceOf(Tensor.class);
      tensors(path, a, (Tensor) other);
    } else if (one instanceof Map<?, ?> a) {
      assertThat(other instanceof OrderedDict).as(path).isEqualTo(one instanceof OrderedDict);
      entries(path, a, (Map<?, ?>) other);
      if (one instanceof OrderedDict dict) {
        entries(path, dict.attributes(), ((OrderedDict) other).attributes());
      }
    } else if (one instanceof Tuple a) {
      items(path, a.items(), ((Tuple) other).items());
    } else if (one instanceof Collection<?> a) {
      assertThat(other instanceof Set).as(path).isEqualTo(one instanceof Set);
      items(path, a, (Collection<?>) other);
    } else if (one instanceof Opaque a) {
      if (partner(path, one, other)) {
        opaques(path, a, (Opaque) other);
      }
    } else {
      assertThat(other).as(path).isEqualTo(one);
    }
  }

  /** What was one object before is one object after; true at its first mention. */
  private boolean partner(String path, Object one, Object other) {
    Object known = partners.putIfAbsent(one, other);
    if (known != null) {
      assertThat(other).as(path).isSameAs(known);
    }
    return known == null;
  }

  private void tensors(String path, Tensor one, Tensor other) {
    assertThat(other.dtype()).as(path).isEqualTo(one.dtype());
    assertThat(other.shape()).as(path).isEqualTo(one.shape());
    assertThat(other.parameter()).as(path).isEqualTo(one.parameter());
    assertThat(Digest.sha256(other)).as(path).isEqualTo(Digest.sha256(one));
    partner(path, one.storage(), other.storage());
  }

  private void entries(String path, Map<?, ?> one, Map<?, ?> other) {
    items(path + " keys", one.keySet(), other.keySet());
    Iterator<?> others = other.values().iterator();
    one.forEach((key, value) -> compare(path + "/" + key, value, others.next()));
  }

  private void items(String path, Collection<?> one, Collection<?> other) {
    assertThat(other).as(path).hasSameSizeAs(one);
    Iterator<?> others = other.iterator();
    int index = 0;
    for (Object item : one) {
      compare(path + "/" + index++, item, others.next());
    }
  }

  private void opaques(String path, Opaque one, Opaque other) {
    assertThat(other.type()).as(path).isEqualTo(one.type());
    assertThat(other.made()).as(path).isEqualTo(one.made());
    items(path + " arguments", one.arguments(), other.arguments());
    items(path + " items", one.items(), other.items());
    entries(path + " entries", one.entries(), other.entries());
    compare(path + " state", one.state(), other.state());
  }
}
