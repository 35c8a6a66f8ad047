package io.levin.checkpoint.torch;

import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Checks that values form a tree that can be walked: not deep, not a small graph that unfolds to a
 * huge tree, and no cycles but through an opaque object, as schedulers of PyTorch make them.
 */
final class Shape {
  private static final int DEEPEST = 500;
  private static final long MOST_UNFOLDED = 50_000_000;

  private final Input input;
  // How many values a container unfolds to. While it is being counted, -1 less the number of
  // opaque objects on the way to it.
  private final Map<Object, Long> counts = new IdentityHashMap<>();

  Shape(Input input) {
    this.input = input;
  }

  private static final class Visit {
    final Object container;
    final Iterator<?> children;
    final int opaques;
    long count = 1;

    Visit(Object container, int opaquesBefore) {
      this.container = container;
      children = children(container).iterator();
      opaques = opaquesBefore + (container instanceof Opaque ? 1 : 0);
    }
  }

  void check(Object root) {
    if (!isContainer(root)) {
      return;
    }
    Deque<Visit> path = new ArrayDeque<>();
    enter(root, path);
    while (!path.isEmpty()) {
      Visit visit = path.peek();
      if (!visit.children.hasNext()) {
        path.pop();
        counts.put(visit.container, visit.count);
        add(path.peek(), visit.count);
        continue;
      }
      Object child = visit.children.next();
      if (!isContainer(child)) {
        add(visit, 1);
      } else if (!counts.containsKey(child)) {
        enter(child, path);
      } else {
        long count = counts.get(child);
        if (count < 0 && visit.opaques == -1 - count) {
          throw input.bad("a value contains itself");
        }
        add(visit, Math.max(count, 1));
      }
    }
  }

  private void enter(Object container, Deque<Visit> path) {
    if (path.size() >= DEEPEST) {
      throw input.bad("values nested deeper than %d".formatted(DEEPEST));
    }
    int opaques = path.isEmpty() ? 0 : path.peek().opaques;
    counts.put(container, -1L - opaques);
    path.push(new Visit(container, opaques));
  }

  private void add(Visit visit, long count) {
    if (visit != null) {
      visit.count += count;
      if (visit.count > MOST_UNFOLDED) {
        throw input.bad("its values unfold to more than %d".formatted(MOST_UNFOLDED));
      }
    }
  }

  private static boolean isContainer(Object value) {
    return value instanceof Collection<?>
        || value instanceof Map<?, ?>
        || value instanceof Tuple
        || value instanceof Opaque;
  }

  private static Collection<?> children(Object container) {
    if (container instanceof Collection<?> collection) {
      return collection;
    }
    if (container instanceof Tuple tuple) {
      return tuple.items();
    }
    List<Object> children = new ArrayList<>();
    if (container instanceof Map<?, ?> map) {
      children.addAll(map.keySet());
      children.addAll(map.values());
    } else if (container instanceof Opaque opaque) {
      children.addAll(opaque.arguments());
      children.addAll(opaque.items());
      children.addAll(opaque.entries().keySet());
      children.addAll(opaque.entries().values());
      children.add(opaque.state());
    }
    return children;
  }
}
