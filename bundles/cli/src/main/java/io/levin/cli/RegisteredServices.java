package io.levin.cli;

import io.levin.LevinException;
import io.levin.checkpoint.CheckpointIO;
import io.levin.core.planner.Offered;
import io.levin.job.Job;
import io.levin.plan.Offer;
import io.levin.trainer.Trainers;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;

/** The services of this framework. */
final class RegisteredServices implements Services {
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
    return all(Offer.class, (reference, offer) -> new Offered(offer, bundle(reference))).toList();
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
  public List<Installed> bundles() {
    return Arrays.stream(context.getBundles()).map(RegisteredServices::installed).toList();
  }

  @Override
  public List<String> troubles() {
    return Components.troubles(context);
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

  private static String bundle(ServiceReference<?> reference) {
    return reference.getBundle() == null ? "" : reference.getBundle().getSymbolicName();
  }

  private static Installed installed(Bundle bundle) {
    String location = bundle.getLocation();
    return new Installed(
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        state(bundle.getState()),
        bundle.adapt(BundleStartLevel.class).getStartLevel(),
        location.substring(location.lastIndexOf('/') + 1));
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
