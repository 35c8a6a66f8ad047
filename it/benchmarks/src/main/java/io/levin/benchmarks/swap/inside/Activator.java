package io.levin.benchmarks.swap.inside;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers the trial to the program that started the framework: as a function of the JDK's types. */
public final class Activator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    Function<Map<String, Object>, Map<String, Object>> trial =
        given ->
            new Trial(context, (Path) given.get("home"), (Path) given.get("folder"))
                .run((Integer) given.get("count"));
    context.registerService(Function.class, trial, null);
  }

  @Override
  public void stop(BundleContext context) {}
}
