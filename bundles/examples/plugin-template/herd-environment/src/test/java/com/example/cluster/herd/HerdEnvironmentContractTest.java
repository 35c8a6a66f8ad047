package com.example.cluster.herd;

import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import io.levin.testkit.cluster.ClusterEnvironmentContract;
import io.levin.testkit.cluster.Place;
import java.util.Map;

class HerdEnvironmentContractTest extends ClusterEnvironmentContract {
  @Override
  protected ClusterEnvironmentOffer offer() {
    return new HerdEnvironmentOffer();
  }

  @Override
  protected Surroundings process(Place place) {
    return Surroundings.of(
        Map.of(
            "HERD_SIZE", "" + place.size(),
            "HERD_RANK", "" + place.globalRank(),
            "HERD_SLOT", "" + place.localRank(),
            "HERD_FIELD", "" + place.nodeRank(),
            "HERD_LEAD", "farm0"),
        "farm" + place.nodeRank(),
        Hardware.here());
  }
}
