package io.levin.cluster.torchelastic;

import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import io.levin.testkit.cluster.ClusterEnvironmentContract;
import io.levin.testkit.cluster.Place;
import java.util.Map;

class TorchElasticEnvironmentContractTest extends ClusterEnvironmentContract {
  @Override
  protected ClusterEnvironmentOffer offer() {
    return new TorchElasticEnvironmentOffer();
  }

  @Override
  protected Surroundings process(Place place) {
    return Surroundings.of(
        Map.of(
            "TORCHELASTIC_RUN_ID", "none",
            "MASTER_ADDR", "node0",
            "MASTER_PORT", "29500",
            "WORLD_SIZE", "" + place.size(),
            "RANK", "" + place.globalRank(),
            "LOCAL_RANK", "" + place.localRank(),
            "LOCAL_WORLD_SIZE", "" + place.perNode(),
            "GROUP_RANK", "" + place.nodeRank()),
        "node" + place.nodeRank(),
        Hardware.here());
  }
}
