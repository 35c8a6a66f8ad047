package io.levin.cli;

import io.levin.LevinException;
import io.levin.checkpoint.CheckpointIO;
import io.levin.collective.ProcessGroups;
import io.levin.core.planner.Offered;
import io.levin.job.Job;
import io.levin.launcher.Plugin;
import io.levin.launcher.PluginFolder;
import io.levin.plan.Offer;
import io.levin.trainer.Trainers;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;

/** The services of this framework. */
final class RegisteredServices implements Services {
  private static final String REFERENCE = "reference:";

  private final BundleContext context;
  private final PrintStream complaints;
  private final Set<String> complained = new HashSet<>();

  /**
   * @param complaints told, once, of what a bundle registered but cannot make
   */
  RegisteredServices(BundleContext context, PrintStream complaints) {
    this.context = context;
    this.complaints = complaints;
  }

  @Override
  public List<Offered> offers() {
    return all(
            Offer.class,
            (reference, offer) -> new Offered(offer, bundle(reference), ranking(reference)))
        .toList();
  }

  @Override
  public List<Job> jobs() {
    return all(Job.class, (reference, job) -> job).sorted(Comparator.comparing(Job::name)).toList();
  }

  @Override
  public Trainers trainers() {
    return all(Trainers.class, (reference, trainers) -> trainers)
        .findFirst()
        .orElseThrow(
            () ->
                LevinException.environment(
                    "No bundle registered a Trainer.",
                    troubles().isEmpty()
                        ? "Put levin-trainer back into 'bundles', or unpack the distribution again."
                        : String.join("\n", troubles())));
  }

  @Override
  public List<CheckpointIO> formats() {
    return all(CheckpointIO.class, (reference, format) -> format).toList();
  }

  @Override
  public List<ProcessGroups> processGroups() {
    return all(ProcessGroups.class, (reference, groups) -> groups).toList();
  }

  @Override
  public List<Installed> bundles() {
    Map<Long, Plugin> added = new HashMap<>();
    plugins()
        .ifPresent(
            folder -> folder.plugins().forEach(plugin -> added.put(plugin.bundle(), plugin)));
    return Arrays.stream(context.getBundles())
        .map(bundle -> installed(bundle, added.get(bundle.getBundleId())))
        .toList();
  }

  @Override
  public Optional<PluginFolder> plugins() {
    return all(PluginFolder.class, (reference, folder) -> folder).findFirst();
  }

  @Override
  public List<String> settings(String bundle) {
    return Components.settings(context, bundle);
  }

  @Override
  public List<String> troubles() {
    List<String> troubles = new ArrayList<>(Components.troubles(context));
    troubles.addAll(Components.unread(context));
    return troubles;
  }

  private <S, R> Stream<R> all(Class<S> type, BiFunction<ServiceReference<S>, S, R> wanted) {
    List<R> all = new ArrayList<>();
    try {
      for (ServiceReference<S> reference :
          context.getServiceReferences(type, null).stream()
              .sorted(Comparator.reverseOrder())
              .toList()) {
        S service = context.getService(reference);
        if (service == null) {
          complain();
        } else {
          all.add(wanted.apply(reference, service));
        }
      }
    } catch (InvalidSyntaxException e) {
      throw LevinException.internal("No filter is a filter", e);
    }
    return all.stream();
  }

  private void complain() {
    troubles().stream()
        .filter(complained::add)
        .forEach(trouble -> complaints.println("levin: " + trouble));
  }

  private static int ranking(ServiceReference<?> reference) {
    Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
    return ranking instanceof Integer number ? number : 0;
  }

  private static String bundle(ServiceReference<?> reference) {
    return reference.getBundle() == null ? "" : reference.getBundle().getSymbolicName();
  }

  private static Installed installed(Bundle bundle, Plugin plugin) {
    String location = bundle.getLocation();
    Path jar =
        plugin != null
            ? plugin.jar()
            : location.startsWith(REFERENCE)
                ? Path.of(URI.create(location.substring(REFERENCE.length())))
                : null;
    return new Installed(
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        state(bundle.getState()),
        bundle.adapt(BundleStartLevel.class).getStartLevel(),
        jar == null ? location : jar.getFileName().toString(),
        plugin == null ? "core" : "plugin",
        jar == null ? "" : jar.toString());
  }

  private static String state(int state) {
    return switch (state) {
      case Bundle.ACTIVE -> "active";
      case Bundle.STARTING -> "starting";
      case Bundle.STOPPING -> "stopping";
      case Bundle.RESOLVED -> "resolved";
      default -> "not resolved";
    };
  }
}
