package io.levin.testkit.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Compares two trees value for value and bit for bit. */
final class SameTree {
  private final boolean exact;
  private final Map<Object, Object> partners = new IdentityHashMap<>();

  /**
   * @param exact whether what shares storage must do so in both, and maps must be of one kind and
   *     have one order
   */
  SameTree(boolean exact) {
    this.exact = exact;
  }

  void compare(String path, Object one, Object other) {
    if (one == null || other == null) {
      assertThat(other).as(path).isEqualTo(one);
    } else if (one instanceof Tensor a) {
      assertThat(other).as(path).isInstanceOf(Tensor.class);
      tensors(path, a, (Tensor) other);
    } else if (one instanceof Map<?, ?> a) {
      assertThat(other).as(path).isInstanceOf(Map.class);
      entries(path, a, (Map<?, ?>) other);
      if (exact) {
        assertThat(other instanceof OrderedDict)
            .as("%s is an OrderedDict", path)
            .isEqualTo(one instanceof OrderedDict);
      }
      if (exact && one instanceof OrderedDict dict) {
        entries(path + " attributes", dict.attributes(), ((OrderedDict) other).attributes());
      }
    } else if (one instanceof Tuple a) {
      assertThat(other).as(path).isInstanceOf(Tuple.class);
      items(path, a.items(), ((Tuple) other).items());
    } else if (one instanceof Collection<?> a) {
      assertThat(other).as(path).isInstanceOf(Collection.class);
      assertThat(other instanceof Set).as("%s is a set", path).isEqualTo(one instanceof Set);
      items(path, a, (Collection<?>) other);
    } else if (one instanceof Opaque a) {
      assertThat(other).as(path).isInstanceOf(Opaque.class);
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
      assertThat(other).as("%s is the same object as before", path).isSameAs(known);
    }
    return known == null;
  }

  private void tensors(String path, Tensor one, Tensor other) {
    assertThat(other.dtype()).as(path).isEqualTo(one.dtype());
    assertThat(other.shape()).as(path).isEqualTo(one.shape());
    assertThat(other.parameter()).as("%s is a parameter", path).isEqualTo(one.parameter());
    assertThat(Digest.sha256(other)).as("elements of %s", path).isEqualTo(Digest.sha256(one));
    if (exact) {
      partner(path, one.storage(), other.storage());
    }
  }

  private void entries(String path, Map<?, ?> one, Map<?, ?> other) {
    if (!exact) {
      assertThat(new HashSet<Object>(other.keySet()))
          .as(path + " keys")
          .isEqualTo(new HashSet<Object>(one.keySet()));
      one.forEach((key, value) -> compare(path + "/" + key, value, other.get(key)));
      return;
    }
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
