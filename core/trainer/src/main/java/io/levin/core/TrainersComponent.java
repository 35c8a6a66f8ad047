package io.levin.core;

import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.checkpoint.CheckpointIO;
import io.levin.collective.ProcessGroups;
import io.levin.core.planner.Offered;
import io.levin.plan.Offer;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import io.levin.trainer.Trainer;
import io.levin.trainer.Trainers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
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
  private final StandardTrainers trainers =
      new StandardTrainers(
          () -> entries.stream().map(Entry::offered).toList(),
          () -> formats,
          () -> Optional.ofNullable(groups));

  @Activate
  public TrainersComponent() {}

  @Reference(
      name = "offers",
      service = Offer.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addOffer(Offer<?> offer, ServiceReference<?> reference) {
    String bundle = String.valueOf(reference.getBundle().getSymbolicName());
    Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
    entries.add(
        new Entry(
            reference, new Offered(offer, bundle, ranking instanceof Integer number ? number : 0)));
    trainers.arrived();
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
