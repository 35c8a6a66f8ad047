package io.levin.testkit.felix;

import io.levin.launcher.Container;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Starts Felix for a test class and runs the class's methods on its twin in a bundle. */
public final class FelixExtension
    implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor {
  private static final Namespace NAMESPACE = Namespace.create(FelixExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    String distribution = System.getProperty("levin.distribution");
    Container container =
        distribution == null
            ? Container.ofClassPath()
            : Container.ofDistribution(Path.of(distribution), testLibraries());
    context.getStore(NAMESPACE).put(Container.class, container);
    context
        .getStore(NAMESPACE)
        .put(Probe.class, new Probe(container.context(), context.getRequiredTestClass()));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Container container = context.getStore(NAMESPACE).get(Container.class, Container.class);
    if (container != null) {
      container.close();
    }
  }

  @Override
  public void interceptBeforeAllMethod(
      Invocation<Void> outside, ReflectiveInvocationContext<Method> method, ExtensionContext c)
      throws Throwable {
    inside(outside, method, c);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> outside, ReflectiveInvocationContext<Method> method, ExtensionContext c)
      throws Throwable {
    inside(outside, method, c);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> outside, ReflectiveInvocationContext<Method> method, ExtensionContext c)
      throws Throwable {
    inside(outside, method, c);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> outside, ReflectiveInvocationContext<Method> method, ExtensionContext c)
      throws Throwable {
    inside(outside, method, c);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> outside, ReflectiveInvocationContext<Method> method, ExtensionContext c)
      throws Throwable {
    inside(outside, method, c);
  }

  @Override
  public void interceptAfterAllMethod(
      Invocation<Void> outside, ReflectiveInvocationContext<Method> method, ExtensionContext c)
      throws Throwable {
    inside(outside, method, c);
  }

  private static void inside(
      Invocation<Void> outside, ReflectiveInvocationContext<Method> call, ExtensionContext context)
      throws Throwable {
    outside.skip();
    Probe probe = context.getStore(NAMESPACE).get(Probe.class, Probe.class);
    Method method = probe.twin(call.getExecutable());
    Object target = call.getTarget().isPresent() ? probe.twin(call.getTarget().get()) : null;
    try {
      method.invoke(target, call.getArguments().toArray());
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Jars of JUnit, AssertJ and the like: on the class path and none of the distribution's. */
  private static List<Path> testLibraries() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    try (Stream<String> entries = Arrays.stream(classPath.split(java.io.File.pathSeparator))) {
      return entries
          .filter(
              entry -> entry.matches(".*/(junit-|assertj-|opentest4j-|apiguardian-)[^/]*\\.jar"))
          .map(Path::of)
          .filter(Files::isRegularFile)
          .toList();
    }
  }
}
