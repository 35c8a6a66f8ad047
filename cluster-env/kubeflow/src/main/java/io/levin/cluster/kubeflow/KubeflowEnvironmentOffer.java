package io.levin.cluster.kubeflow;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.cluster.Detection;
import io.levin.plan.Offer;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Offers the environment of Kubeflow's training pods. */
@Component(service = Offer.class)
public final class KubeflowEnvironmentOffer extends ClusterEnvironmentOffer {
  @Override
  public String name() {
    return "KubeflowEnvironment";
  }

  @Override
  public int specificity() {
    return Specificity.PARTICULAR + 30;
  }

  @Override
  public Detection detect(Surroundings surroundings) {
    return KubeflowEnvironment.detect(surroundings);
  }

  @Override
  public ClusterEnvironment environment(Surroundings surroundings, Map<String, String> options) {
    return new KubeflowEnvironment(surroundings.environment());
  }
}
