package io.levin.cluster.lsf;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.cluster.Detection;
import io.levin.plan.Offer;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Offers the environment of LSF jobs. */
@Component(service = Offer.class)
public final class LSFEnvironmentOffer extends ClusterEnvironmentOffer {
  @Override
  public String name() {
    return "LSFEnvironment";
  }

  @Override
  public int specificity() {
    return Specificity.PARTICULAR + 40;
  }

  @Override
  public Detection detect(Surroundings surroundings) {
    return Detection.byVariables(
        surroundings,
        "LSB_JOBID",
        "LSB_DJOB_RANKFILE",
        "JSM_NAMESPACE_LOCAL_RANK",
        "JSM_NAMESPACE_SIZE");
  }

  @Override
  public ClusterEnvironment environment(Surroundings surroundings, Map<String, String> options) {
    return new LSFEnvironment(
        surroundings.environment(), surroundings.hostname(), surroundings.files());
  }
}
