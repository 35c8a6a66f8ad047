package io.levin.cluster.local;

import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import io.levin.testkit.cluster.ClusterEnvironmentContract;
import io.levin.testkit.cluster.Place;
import java.util.Map;

class LightningEnvironmentContractTest extends ClusterEnvironmentContract {
  @Override
  protected ClusterEnvironmentOffer offer() {
    return new LightningEnvironmentOffer();
  }

  @Override
  protected Surroundings process(Place place) {
    return Surroundings.of(
        Map.of(
            "LOCAL_RANK",
            "" + place.localRank(),
            "NODE_RANK",
            "" + place.nodeRank(),
            "MASTER_ADDR",
            "node0",
            "MASTER_PORT",
            "29500"),
        "node" + place.nodeRank(),
        Hardware.here());
  }
}
