package io.levin.launcher;

import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.plan.Offer;
import io.levin.trainer.Trainer;
import io.levin.trainer.Trainers;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/**
 * Levin inside an application: one call starts Felix with the Levin jars of the class path.
 *
 * <pre>{@code
 * try (Levin levin = Levin.start();
 *     Trainer trainer = levin.trainer(Arguments.none().with(MAX_EPOCHS, 3))) {
 *   trainer.fit(new MyModule(), new MyData());
 * }
 * }</pre>
 *
 * <p>Several may run in one JVM, one after another or at the same time. Thread-safe; a Trainer is
 * not.
 */
public final class Levin implements AutoCloseable {
  private final Container container;

  private Levin(Container container) {
    this.container = container;
  }

  /**
   * Starts with the class path that this class is on.
   *
   * @throws LevinException when a bundle on it cannot start, with the reason
   */
  public static Levin start() {
    System.setProperty("OPT_OUT_TRACKING", "true"); // DJL would call home
    try {
      return new Levin(Container.ofClassPath());
    } catch (LaunchException e) {
      throw new LevinException(LevinException.Kind.ENVIRONMENT, e.getMessage(), e.hint(), e);
    }
  }

  /** A Trainer with the parts that fit these arguments here; the caller closes it. */
  public Trainer trainer(Arguments arguments) {
    return trainers().create(arguments);
  }

  /** Makes plans and Trainers. */
  public Trainers trainers() {
    return service(Trainers.class)
        .orElseThrow(
            () ->
                LevinException.environment(
                    "No bundle registered a Trainer.",
                    "Add levin-trainer and what it needs to the class path."));
  }

  /** Adds a plugin of the application's own, until this is closed. */
  public Levin offer(Offer<?> offer) {
    context().registerService(Offer.class, offer, null);
    return this;
  }

  /** The best service of this type, if a bundle registered one. */
  public <T> Optional<T> service(Class<T> type) {
    return container.service(type);
  }

  /** The framework's own context, for whatever OSGi can do. */
  public BundleContext context() {
    return container.context();
  }

  /** Stops Felix and all bundles. */
  @Override
  public void close() {
    container.close();
  }
}
