package io.levin.cluster.kubeflow;

import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import io.levin.testkit.cluster.ClusterEnvironmentContract;
import io.levin.testkit.cluster.Place;
import java.util.Map;

class KubeflowEnvironmentContractTest extends ClusterEnvironmentContract {
  @Override
  protected ClusterEnvironmentOffer offer() {
    return new KubeflowEnvironmentOffer();
  }

  @Override
  protected Surroundings process(Place place) {
    return place.perNode() == 1 ? onePerPod(place) : several(place);
  }

  private static Surroundings onePerPod(Place place) {
    return Surroundings.of(
        Map.of(
            "KUBERNETES_PORT", "tcp://10.0.0.1:443",
            "MASTER_ADDR", "job-master-0",
            "MASTER_PORT", "23456",
            "WORLD_SIZE", "" + place.size(),
            "RANK", "" + place.globalRank()),
        "pod" + place.nodeRank(),
        Hardware.here());
  }

  /** Pods of several processes are torchrun's to start; only naming the plugin takes it. */
  private static Surroundings several(Place place) {
    return Surroundings.of(
        Map.of(
            "KUBERNETES_PORT", "tcp://10.0.0.1:443",
            "MASTER_ADDR", "job-master-0",
            "MASTER_PORT", "23456",
            "WORLD_SIZE", "" + place.size(),
            "RANK", "" + place.globalRank(),
            "LOCAL_RANK", "" + place.localRank(),
            "LOCAL_WORLD_SIZE", "" + place.perNode()),
        "pod" + place.nodeRank(),
        Hardware.here());
  }

  @Override
  protected boolean detects(Place place) {
    return place.perNode() == 1;
  }
}
