package io.levin.cluster.torchelastic;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.cluster.Detection;
import io.levin.plan.Offer;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Offers the environment of torchrun, which may itself run inside any scheduler's job. */
@Component(service = Offer.class)
public final class TorchElasticEnvironmentOffer extends ClusterEnvironmentOffer {
  @Override
  public String name() {
    return "TorchElasticEnvironment";
  }

  @Override
  public int specificity() {
    return Specificity.PARTICULAR + 60;
  }

  @Override
  public Detection detect(Surroundings surroundings) {
    return Detection.byVariables(surroundings, "TORCHELASTIC_RUN_ID");
  }

  @Override
  public ClusterEnvironment environment(Surroundings surroundings, Map<String, String> options) {
    return new TorchElasticEnvironment(surroundings.environment());
  }
}
