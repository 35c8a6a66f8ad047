package com.example.cluster.herd;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.cluster.Detection;
import io.levin.plan.Offer;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Says when Herd is there. */
@Component(service = Offer.class)
public final class HerdEnvironmentOffer extends ClusterEnvironmentOffer {
  @Override
  public String name() {
    return "HerdEnvironment";
  }

  /** Inside a job of LSF (240), around torchrun (260): the innermost launcher is the right one. */
  @Override
  public int specificity() {
    return Specificity.PARTICULAR + 45;
  }

  @Override
  public Detection detect(Surroundings surroundings) {
    return Detection.byVariables(surroundings, "HERD_SIZE");
  }

  @Override
  public ClusterEnvironment environment(Surroundings surroundings, Map<String, String> options) {
    return new HerdEnvironment(surroundings.environment());
  }
}
