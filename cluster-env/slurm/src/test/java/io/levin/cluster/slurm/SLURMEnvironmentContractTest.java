package io.levin.cluster.slurm;

import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import io.levin.testkit.cluster.ClusterEnvironmentContract;
import io.levin.testkit.cluster.Place;
import java.util.Map;

class SLURMEnvironmentContractTest extends ClusterEnvironmentContract {
  @Override
  protected ClusterEnvironmentOffer offer() {
    return new SLURMEnvironmentOffer();
  }

  @Override
  protected Surroundings process(Place place) {
    return Surroundings.of(
        Map.ofEntries(
            Map.entry("SLURM_JOB_ID", "4242"),
            Map.entry("SLURM_STEP_ID", "0"),
            Map.entry("SLURM_JOB_NAME", "fit"),
            Map.entry("SLURM_NTASKS", "" + place.size()),
            Map.entry("SLURM_NTASKS_PER_NODE", "" + place.perNode()),
            Map.entry("SLURM_NNODES", "" + place.nodes()),
            Map.entry("SLURM_PROCID", "" + place.globalRank()),
            Map.entry("SLURM_LOCALID", "" + place.localRank()),
            Map.entry("SLURM_NODEID", "" + place.nodeRank()),
            Map.entry("SLURM_STEP_NODELIST", "node[01-%02d]".formatted(place.nodes()))),
        "node%02d".formatted(place.nodeRank() + 1),
        Hardware.here());
  }
}
