package io.levin.cluster.local;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.cluster.Detection;
import io.levin.plan.Offer;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Offers the environment of processes that no scheduler started. */
@Component(service = Offer.class)
public final class LightningEnvironmentOffer extends ClusterEnvironmentOffer {
  @Override
  public String name() {
    return "LightningEnvironment";
  }

  @Override
  public int specificity() {
    return Specificity.FALLBACK;
  }

  @Override
  public Detection detect(Surroundings surroundings) {
    return Detection.found("no launcher left its variables");
  }

  @Override
  public ClusterEnvironment environment(Surroundings surroundings, Map<String, String> options) {
    return new LightningEnvironment(surroundings.environment());
  }
}
