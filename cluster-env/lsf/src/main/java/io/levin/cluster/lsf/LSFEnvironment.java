package io.levin.cluster.lsf;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterException;
import io.levin.cluster.Launched;
import io.levin.cluster.Problem;
import io.levin.cluster.Variables;
import io.levin.plan.Surroundings.TextFiles;
import java.util.List;
import java.util.Map;

/**
 * What LSF and its {@code jsrun} tell the processes of a job. The nodes are those of the rank file;
 * the first of them is the main one.
 */
public final class LSFEnvironment implements ClusterEnvironment {
  private static final String RANK_FILE = "LSB_DJOB_RANKFILE";

  private final Variables variables;
  private final String hostname;
  private final TextFiles files;
  private RankFile rankFile;

  public LSFEnvironment(Map<String, String> environment, String hostname, TextFiles files) {
    this.variables = new Variables(environment, "Start the processes with jsrun in an LSF job.");
    this.hostname = hostname;
    this.files = files;
  }

  @Override
  public boolean createsProcessesExternally() {
    return true;
  }

  @Override
  public String mainAddress() {
    return rankFile().hosts().get(0);
  }

  /** {@code MASTER_PORT}, else 10000 and the last three digits of the job's number. */
  @Override
  public int mainPort() {
    return variables.port("MASTER_PORT").orElseGet(this::jobPort);
  }

  @Override
  public int worldSize() {
    return variables.count("JSM_NAMESPACE_SIZE");
  }

  @Override
  public int globalRank() {
    return variables.number("JSM_NAMESPACE_RANK");
  }

  @Override
  public int localRank() {
    return variables.number("JSM_NAMESPACE_LOCAL_RANK");
  }

  @Override
  public int nodeRank() {
    List<String> hosts = rankFile().hosts();
    int rank = HostNames.find(hostname, hosts);
    if (rank < 0) {
      throw new ClusterException(
          RANK_FILE,
          "This host, %s, is not in the rank file, which has %s."
              .formatted(Variables.shown(hostname), Variables.shown(String.join(", ", hosts))),
          "Start the processes with jsrun, on the nodes of the job.");
    }
    return rank;
  }

  @Override
  public List<Problem> validateSettings(int devices, int nodes) {
    return Launched.check(
        this,
        "JSM_NAMESPACE_SIZE",
        "JSM_NAMESPACE_RANK",
        devices,
        nodes,
        "jsrun --nrs %d --rs_per_host 1 --tasks_per_rs %d".formatted(nodes, devices));
  }

  private RankFile rankFile() {
    if (rankFile == null) {
      rankFile =
          RankFile.read(
              RANK_FILE,
              variables.raw(RANK_FILE).orElseThrow(() -> variables.missing(RANK_FILE)),
              files);
    }
    return rankFile;
  }

  private int jobPort() {
    String id = variables.raw("LSB_JOBID").orElseThrow(() -> variables.missing("LSB_JOBID"));
    String digits = id.replaceAll("[^0-9]", "");
    if (digits.isEmpty()) {
      throw variables.malformed("LSB_JOBID", id, "a job's number");
    }
    return 10_000 + Integer.parseInt(digits.substring(Math.max(0, digits.length() - 3)));
  }
}
