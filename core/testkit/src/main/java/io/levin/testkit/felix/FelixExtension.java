package io.levin.testkit.felix;

import io.levin.launcher.Container;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Starts Felix for a test class and runs the class's methods on its twin in a bundle. */
public final class FelixExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        InvocationInterceptor {
  private static final Namespace NAMESPACE = Namespace.create(FelixExtension.class);

  /** A Felix, for a class and those nested in it. */
  private record Running(Class<?> owner, Container container, Probe probe) {}

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    start(context);
    running(context).probe().prepare(context.getRequiredTestClass());
  }

  /** Starts Felix where the class, or the one that it is nested in, has none yet. */
  private static void start(ExtensionContext context) throws Exception {
    Class<?> test = context.getRequiredTestClass();
    if (running(context) == null) {
      String distribution = System.getProperty("levin.distribution");
      Container container =
          distribution == null
              ? Container.ofClassPath()
              : Container.ofDistribution(Path.of(distribution), testLibraries());
      try {
        Probe probe = new Probe(container.context(), test);
        context.getStore(NAMESPACE).put(Running.class, new Running(test, container, probe));
      } catch (Exception e) {
        container.close();
        throw e;
      }
    }
  }

  private static Running running(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Running.class, Running.class);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Running running = running(context);
    if (running != null && running.owner() == context.getRequiredTestClass()) {
      running.container().close();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    Probe probe = running(context).probe();
    for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
      probe.fill(instance);
    }
    context.getStore(NAMESPACE).put(Leaks.class, Leaks.before(probe.bundle()));
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Leaks leaks = context.getStore(NAMESPACE).get(Leaks.class, Leaks.class);
    if (leaks != null) {
      leaks.check();
    }
  }

  @Override
  public <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> call,
      ExtensionContext context)
      throws Throwable {
    start(context); // with one instance for all methods, it is made before beforeAll
    T made = invocation.proceed();
    running(context).probe().made(made, call.getArguments());
    return made;
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
    Probe probe = running(context).probe();
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
