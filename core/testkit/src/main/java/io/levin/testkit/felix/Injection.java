package io.levin.testkit.felix;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Fills the fields of a class inside Felix. What to fill them with is read from the class outside:
 * the one inside may not see the annotations.
 */
final class Injection {
  private final BundleContext context;

  Injection(BundleContext context) {
    this.context = context;
  }

  /**
   * @param outside the class as JUnit has it
   * @param inside its copy in the bundle
   * @param object outside, null for static fields
   * @param twin inside, null for static fields
   */
  void fill(Class<?> outside, Class<?> inside, Object object, Object twin)
      throws ReflectiveOperationException {
    Class<?> copy = inside;
    for (Class<?> type = outside; type != Object.class; type = type.getSuperclass()) {
      Predicate<Field> isWanted =
          field -> Modifier.isStatic(field.getModifiers()) == (twin == null);
      for (Field field : Arrays.stream(type.getDeclaredFields()).filter(isWanted).toList()) {
        fill(field, copy, object, twin);
      }
      copy = copy.getSuperclass();
    }
  }

  private void fill(Field outside, Class<?> inside, Object object, Object twin)
      throws ReflectiveOperationException {
    Service service = outside.getAnnotation(Service.class);
    boolean isContext = outside.getType().getName().equals(BundleContext.class.getName());
    boolean isPath = outside.getType() == Path.class;
    if (service == null && !isContext && !isPath) {
      return;
    }
    Field field = inside.getDeclaredField(outside.getName());
    field.setAccessible(true);
    if (isContext) {
      field.set(twin, context);
    } else if (service != null) {
      field.set(twin, services(field, service));
    } else {
      outside.setAccessible(true);
      if (outside.get(object) != null) { // what JUnit filled in, such as @TempDir
        field.set(twin, outside.get(object));
      }
    }
  }

  private Object services(Field field, Service wanted) {
    boolean isList = field.getType() == List.class;
    boolean isOptional = field.getType() == Optional.class;
    Class<?> type = isList || isOptional ? argument(field) : field.getType();
    int least = isOptional ? 0 : wanted.cardinality();
    List<Object> found = await(type, wanted, least);
    return isList ? found : isOptional ? found.stream().findFirst() : found.get(0);
  }

  private static Class<?> argument(Field field) {
    Type argument =
        field.getGenericType() instanceof ParameterizedType generic
            ? generic.getActualTypeArguments()[0]
            : Object.class;
    return argument instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) argument;
  }

  /** The services, best first. */
  private List<Object> await(Class<?> type, Service wanted, int least) {
    String filter = "(objectClass=" + type.getName() + ")";
    String both = wanted.filter().isEmpty() ? filter : "(&" + filter + wanted.filter() + ")";
    Waiting waiting;
    try {
      waiting = new Waiting(context, FrameworkUtil.createFilter(both), least);
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(
          "@Service(filter = \"%s\") is no filter".formatted(wanted.filter()), e);
    }
    waiting.open();
    try {
      if (!waiting.await(wanted.timeout())) {
        throw new AssertionError(
            "%d of %d services %s %s were there within %d ms."
                .formatted(
                    waiting.size(), least, type.getName(), wanted.filter(), wanted.timeout()));
      }
      return waiting.best();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + type.getName(), e);
    }
  }

  /** A tracker that waits for several. It stays open, so that the services stay got. */
  private static final class Waiting extends ServiceTracker<Object, Object> {
    /** Milliseconds: a tracker tells of one service, not of the second. */
    private static final long LOOK = 20;

    private final int least;

    Waiting(BundleContext context, org.osgi.framework.Filter filter, int least) {
      super(context, filter, null);
      this.least = least;
    }

    boolean await(long millis) throws InterruptedException {
      long end = System.nanoTime() + millis * 1_000_000;
      synchronized (this) {
        while (size() < least) {
          long rest = (end - System.nanoTime()) / 1_000_000;
          if (rest <= 0) {
            return false;
          }
          wait(Math.min(rest, LOOK));
        }
        return true;
      }
    }

    List<Object> best() {
      var references = getServiceReferences();
      if (references == null) {
        return List.of();
      }
      return Arrays.stream(references)
          .sorted(java.util.Comparator.reverseOrder())
          .map(this::getService)
          .filter(java.util.Objects::nonNull)
          .toList();
    }
  }
}
