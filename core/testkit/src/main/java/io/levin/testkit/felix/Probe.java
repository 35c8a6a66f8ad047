package io.levin.testkit.felix;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The bundle with the test classes: a second copy of each, loaded inside Felix. */
final class Probe {
  private final Bundle bundle;
  private final Injection injection;
  private final Map<Object, Object> twins = new IdentityHashMap<>();

  Probe(BundleContext context, Class<?> test)
      throws IOException, BundleException, URISyntaxException {
    Path folder = Path.of(test.getProtectionDomain().getCodeSource().getLocation().toURI());
    byte[] jar =
        BundleBuilder.named("io.levin.testkit.probe")
            .header("DynamicImport-Package", "*")
            .folder(folder)
            .bytes();
    bundle = context.installBundle("levin:probe", new ByteArrayInputStream(jar));
    bundle.start();
    loadAll();
    injection = new Injection(bundle.getBundleContext());
  }

  /**
   * Loads every test class while the bundle is wired to nobody: once it has got one class of a
   * package from elsewhere, such as the plugin's own that is tested from within its package, Felix
   * looks for all others of that package there.
   */
  private void loadAll() {
    var classes = bundle.findEntries("/", "*.class", true);
    while (classes != null && classes.hasMoreElements()) {
      String path = classes.nextElement().getPath();
      String name = path.substring(1, path.length() - ".class".length()).replace('/', '.');
      try {
        bundle.loadClass(name);
      } catch (ClassNotFoundException | LinkageError e) {
        continue; // of something that is not in this Felix; who needs it will hear of it
      }
    }
  }

  Bundle bundle() {
    return bundle;
  }

  /** Fills the static fields of a class's copy. */
  void prepare(Class<?> outside) throws ReflectiveOperationException {
    injection.fill(outside, bundle.loadClass(outside.getName()), null, null);
  }

  /**
   * Makes the copy of a test object that JUnit has just made.
   *
   * @param arguments it was made with; for a nested class, the enclosing object is the first
   */
  void made(Object outside, List<Object> arguments) throws ReflectiveOperationException {
    Class<?> type = bundle.loadClass(outside.getClass().getName());
    List<Object> inside = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument.getClass() == outside.getClass().getEnclosingClass()
          && !twins.containsKey(argument)) {
        made(argument, List.of());
      }
      inside.add(twins.getOrDefault(argument, argument));
    }
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    twins.put(outside, constructor.newInstance(inside.toArray()));
  }

  /** The copy of a test object. */
  Object twin(Object outside) {
    return twins.get(outside);
  }

  /** Fills the fields of a copy. */
  void fill(Object outside) throws ReflectiveOperationException {
    Object twin = twins.get(outside);
    injection.fill(outside.getClass(), twin.getClass(), outside, twin);
  }

  /** The copy of a method. */
  Method twin(Method outside) throws ReflectiveOperationException {
    Class<?> type = bundle.loadClass(outside.getDeclaringClass().getName());
    List<String> parameters = names(outside);
    Method twin =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.getName().equals(outside.getName()))
            .filter(method -> names(method).equals(parameters))
            .findFirst()
            .orElseThrow();
    twin.setAccessible(true);
    return twin;
  }

  private static List<String> names(Method method) {
    return Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
  }
}
