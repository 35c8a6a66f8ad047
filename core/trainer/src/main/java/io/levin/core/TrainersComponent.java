package io.levin.core;

import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.checkpoint.CheckpointIO;
import io.levin.collective.ProcessGroups;
import io.levin.core.planner.Offered;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import io.levin.trainer.Trainer;
import io.levin.trainer.Trainers;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The Trainers service of a framework: its offers come and go with their bundles. */
@Component(service = Trainers.class)
public final class TrainersComponent implements Trainers {
  private record Entry(ServiceReference<?> reference, Offered offered) {}

  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final List<CheckpointIO> formats = new CopyOnWriteArrayList<>();
  private volatile ProcessGroups groups;
  private final BundleContext context;
  private final StandardTrainers trainers =
      new StandardTrainers(
          () -> entries.stream().map(Entry::offered).toList(),
          () -> formats,
          () -> Optional.ofNullable(groups),
          this::opened);

  @Activate
  public TrainersComponent(BundleContext context) {
    this.context = context;
  }

  /**
   * A Trainer is a service of its framework until it is closed, with properties that say which
   * bundles must stay for it: it can be found by commands, and its parts' classes are kept.
   */
  private Runnable opened(Trainer trainer) {
    List<String> uses = new ArrayList<>();
    for (Family family : Family.values()) {
      if (family != Family.CHECKPOINT_IO) {
        uses.add(trainer.plan().choice(family).bundle());
      }
    }
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("levin.uses", uses.toArray(String[]::new));
    properties.put("levin.run", "the run in " + trainer.runDirectory());
    ServiceRegistration<Trainer> registration =
        context.registerService(Trainer.class, trainer, properties);
    return () -> {
      try {
        registration.unregister();
      } catch (IllegalStateException e) {
        // the framework went first, and took it along
      }
    };
  }

  @Reference(
      name = "offers",
      service = Offer.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addOffer(Offer<?> offer, ServiceReference<?> reference) {
    entries.add(entry(offer, reference));
    trainers.arrived();
  }

  /** Its ranking may have changed. */
  void updatedOffer(Offer<?> offer, ServiceReference<?> reference) {
    Object id = reference.getProperty(Constants.SERVICE_ID);
    entries.replaceAll(
        entry ->
            id.equals(entry.reference().getProperty(Constants.SERVICE_ID))
                ? entry(offer, reference)
                : entry);
    trainers.arrived();
  }

  private static Entry entry(Offer<?> offer, ServiceReference<?> reference) {
    String bundle = String.valueOf(reference.getBundle().getSymbolicName());
    Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
    return new Entry(
        reference, new Offered(offer, bundle, ranking instanceof Integer number ? number : 0));
  }

  /**
   * Holds the bundle up for as long as a run needs to finish what it does with the offer's part.
   */
  void removeOffer(Offer<?> offer, ServiceReference<?> reference) {
    Object id = reference.getProperty(Constants.SERVICE_ID);
    entries.removeIf(entry -> id.equals(entry.reference().getProperty(Constants.SERVICE_ID)));
    trainers.withdrawn(offer);
  }

  @Reference(
      name = "formats",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addFormat(CheckpointIO format) {
    formats.add(format);
  }

  void removeFormat(CheckpointIO format) {
    formats.remove(format);
  }

  @Reference(
      name = "groups",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  void addGroups(ProcessGroups made) {
    groups = made;
  }

  void removeGroups(ProcessGroups gone) {
    groups = groups == gone ? null : groups;
  }

  @Override
  public PlanReport plan(Arguments arguments, Surroundings surroundings) {
    return trainers.plan(arguments, surroundings);
  }

  @Override
  public Trainer create(Arguments arguments, Surroundings surroundings, List<Callback> callbacks) {
    return trainers.create(arguments, surroundings, callbacks);
  }
}
