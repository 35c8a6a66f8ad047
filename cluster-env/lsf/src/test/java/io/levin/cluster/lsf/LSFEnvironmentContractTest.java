package io.levin.cluster.lsf;

import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import io.levin.testkit.cluster.ClusterEnvironmentContract;
import io.levin.testkit.cluster.Place;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class LSFEnvironmentContractTest extends ClusterEnvironmentContract {
  @Override
  protected ClusterEnvironmentOffer offer() {
    return new LSFEnvironmentOffer();
  }

  @Override
  protected Surroundings process(Place place) {
    return new Surroundings(
        Map.of(
            "LSB_JOBID", "1234",
            "LSB_DJOB_RANKFILE", "/ranks",
            "JSM_NAMESPACE_SIZE", "" + place.size(),
            "JSM_NAMESPACE_RANK", "" + place.globalRank(),
            "JSM_NAMESPACE_LOCAL_RANK", "" + place.localRank()),
        "host" + place.nodeRank(),
        Hardware.here(),
        path -> {
          if (!path.equals("/ranks")) {
            throw new NoSuchFileException(path);
          }
          return hosts(place);
        });
  }

  /** As LSF writes it: the launch node, then a line for every slot. */
  private static List<String> hosts(Place place) {
    List<String> hosts = new ArrayList<>(List.of("batch"));
    Place.all(place.nodes(), place.perNode()).forEach(each -> hosts.add("host" + each.nodeRank()));
    return hosts;
  }
}
