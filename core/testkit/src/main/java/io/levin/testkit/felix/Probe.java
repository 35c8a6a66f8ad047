package io.levin.testkit.felix;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/** The bundle with the test classes: a second copy of each, loaded inside Felix. */
final class Probe {
  private final Bundle bundle;
  private final Map<Object, Object> twins = new IdentityHashMap<>();

  Probe(BundleContext context, Class<?> test)
      throws IOException, BundleException, URISyntaxException {
    bundle = context.installBundle("levin:probe", new ByteArrayInputStream(jar(test)));
    bundle.start();
  }

  /** The copy of a test object, its fields filled in. */
  Object twin(Object outside) throws ReflectiveOperationException {
    Object known = twins.get(outside);
    if (known != null) {
      return known;
    }
    Class<?> type = bundle.loadClass(outside.getClass().getName());
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object twin = constructor.newInstance();
    for (Field field : type.getDeclaredFields()) {
      fill(field, twin);
    }
    copyFilled(outside, twin);
    twins.put(outside, twin);
    return twin;
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

  private void fill(Field field, Object twin) throws ReflectiveOperationException {
    field.setAccessible(true);
    if (field.getType() == BundleContext.class) {
      field.set(twin, bundle.getBundleContext());
    }
    // The bundle's own copy of the annotation is another class than ours: read it by its name
    for (Annotation annotation : field.getAnnotations()) {
      Class<? extends Annotation> type = annotation.annotationType();
      if (type.getName().equals(Service.class.getName())) {
        String filter = (String) type.getMethod("filter").invoke(annotation);
        long timeout = (Long) type.getMethod("timeout").invoke(annotation);
        field.set(twin, service(field.getType(), filter, timeout));
      }
    }
  }

  /** What JUnit filled in outside, such as {@code @TempDir}, is the twin's too. */
  private static void copyFilled(Object outside, Object twin) throws ReflectiveOperationException {
    for (Field field : outside.getClass().getDeclaredFields()) {
      field.setAccessible(true);
      if (field.getType() == Path.class && field.get(outside) != null) {
        Field own = twin.getClass().getDeclaredField(field.getName());
        own.setAccessible(true);
        own.set(twin, field.get(outside));
      }
    }
  }

  private Object service(Class<?> type, String filter, long timeout) {
    String wanted = "(objectClass=" + type.getName() + ")";
    try {
      ServiceTracker<Object, Object> tracker =
          new ServiceTracker<>(
              bundle.getBundleContext(),
              FrameworkUtil.createFilter(filter.isEmpty() ? wanted : "(&" + wanted + filter + ")"),
              null);
      tracker.open();
      Object service = tracker.waitForService(timeout);
      if (service == null) {
        throw new AssertionError(
            "No bundle registered %s %s within %d ms.".formatted(type.getName(), filter, timeout));
      }
      return service;
    } catch (InvalidSyntaxException e) {
      throw new AssertionError("@Service(filter = \"" + filter + "\") is no filter", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + type.getName(), e);
    }
  }

  private static byte[] jar(Class<?> test) throws IOException, URISyntaxException {
    Path folder = Path.of(test.getProtectionDomain().getCodeSource().getLocation().toURI());
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", "io.levin.testkit.probe");
    headers.putValue("DynamicImport-Package", "*");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace(java.io.File.separatorChar, '/');
        if (!name.equals("META-INF/MANIFEST.MF")) {
          jar.putNextEntry(new ZipEntry(name));
          try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(jar);
          }
        }
      }
    }
    return bytes.toByteArray();
  }
}
