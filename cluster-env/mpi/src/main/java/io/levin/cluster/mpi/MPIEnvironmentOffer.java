package io.levin.cluster.mpi;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.cluster.Detection;
import io.levin.plan.Offer;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Offers the environment of mpirun and mpiexec. */
@Component(service = Offer.class)
public final class MPIEnvironmentOffer extends ClusterEnvironmentOffer {
  @Override
  public String name() {
    return "MPIEnvironment";
  }

  @Override
  public int specificity() {
    return Specificity.PARTICULAR + 20;
  }

  @Override
  public Detection detect(Surroundings surroundings) {
    return MPIEnvironment.detect(surroundings);
  }

  @Override
  public ClusterEnvironment environment(Surroundings surroundings, Map<String, String> options) {
    return new MPIEnvironment(surroundings.environment());
  }
}
