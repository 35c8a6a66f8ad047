package io.levin.cli;

import io.levin.LevinException;
import io.levin.arguments.PluginReference;
import io.levin.launcher.Stop;
import io.levin.trainer.Trainer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * {@code levin:plan}, {@code levin:plugins} and {@code levin:swap} for an OSGi shell. A shell finds
 * commands by the properties of services; where there is none, nobody looks for these.
 */
@Component(
    service = ShellCommands.class,
    property = {
      "osgi.command.scope=levin",
      "osgi.command.function=plan",
      "osgi.command.function=plugins",
      "osgi.command.function=swap"
    })
public final class ShellCommands {
  private final BundleContext context;

  @Activate
  public ShellCommands(BundleContext context) {
    this.context = context;
  }

  /** As {@code levin plan}, of the bundles of this process. */
  public void plan(String... words) {
    run("plan", words);
  }

  /** As {@code levin plugins}. */
  public void plugins(String... words) {
    run("plugins", words);
  }

  /** As {@code levin swap}, for the runs of this process. */
  public void swap(String... words) {
    try {
      String plugin = SwapVerb.plugin(List.of(words), new RegisteredServices(context, System.err));
      List<Trainer> trainers = trainers();
      if (trainers.isEmpty()) {
        throw LevinException.user("No run goes on in this process.", "'levin swap' finds others.");
      }
      for (Trainer trainer : trainers) {
        String holder = trainer.swapCheckpointIO(PluginReference.parse(plugin));
        System.out.printf(
            "The run in %s: checkpoints go to %s from here on.%n", trainer.runDirectory(), holder);
      }
    } catch (RuntimeException e) {
      Failures.report(e, false, System.err);
    }
  }

  private List<Trainer> trainers() {
    try {
      Collection<ServiceReference<Trainer>> references =
          context.getServiceReferences(Trainer.class, null);
      return references.stream().map(context::getService).toList();
    } catch (InvalidSyntaxException e) {
      throw LevinException.internal("No filter is a filter", e);
    }
  }

  private void run(String verb, String... words) {
    List<String> arguments = new ArrayList<>(List.of(verb));
    arguments.addAll(List.of(words));
    Program.run(context, arguments, new Stop());
  }
}
