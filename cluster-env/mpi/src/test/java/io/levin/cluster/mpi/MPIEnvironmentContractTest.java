package io.levin.cluster.mpi;

import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import io.levin.testkit.cluster.ClusterEnvironmentContract;
import io.levin.testkit.cluster.Place;
import java.util.Map;

class MPIEnvironmentContractTest extends ClusterEnvironmentContract {
  @Override
  protected ClusterEnvironmentOffer offer() {
    return new MPIEnvironmentOffer();
  }

  @Override
  protected Surroundings process(Place place) {
    return Surroundings.of(
        Map.of(
            "OMPI_COMM_WORLD_SIZE", "" + place.size(),
            "OMPI_COMM_WORLD_RANK", "" + place.globalRank(),
            "OMPI_COMM_WORLD_LOCAL_SIZE", "" + place.perNode(),
            "OMPI_COMM_WORLD_LOCAL_RANK", "" + place.localRank(),
            "PMIX_NAMESPACE", "prterun-node0-77@1",
            "MASTER_ADDR", "node0"),
        "node" + place.nodeRank(),
        Hardware.here());
  }

  @Override
  protected boolean detects(Place place) {
    return place.size() > 1;
  }
}
