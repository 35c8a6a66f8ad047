package io.levin.cluster.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.cluster.ClusterException;
import io.levin.cluster.kubeflow.KubeflowEnvironmentOffer;
import io.levin.cluster.lsf.LSFEnvironmentOffer;
import io.levin.cluster.slurm.SLURMEnvironmentOffer;
import io.levin.cluster.torchelastic.TorchElasticEnvironmentOffer;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A set of variables with the answers of two versions of Lightning, and ours.
 *
 * @param rankFile content of the file that {@code {rankfile}} stands for; null when there is none
 */
record OracleRow(
    String id,
    String environment,
    Map<String, String> variables,
    String rankFile,
    JsonNode older,
    JsonNode newer) {
  private static final Map<String, ClusterEnvironmentOffer> OFFERS =
      Map.of(
          "lightning", new LightningEnvironmentOffer(),
          "torchelastic", new TorchElasticEnvironmentOffer(),
          "slurm", new SLURMEnvironmentOffer(),
          "lsf", new LSFEnvironmentOffer(),
          "kubeflow", new KubeflowEnvironmentOffer());

  static List<OracleRow> all() {
    try (InputStream json = OracleRow.class.getResourceAsStream("/oracle/environments.json")) {
      List<OracleRow> rows = new ArrayList<>();
      for (JsonNode row : new ObjectMapper().readTree(json)) {
        Map<String, String> variables = new LinkedHashMap<>();
        row.get("env")
            .fields()
            .forEachRemaining(e -> variables.put(e.getKey(), e.getValue().asText()));
        rows.add(
            new OracleRow(
                row.get("id").asText(),
                row.get("environment").asText(),
                variables,
                row.at("/files/rankfile").asText(null),
                row.get("lightning_1_6_5"),
                row.get("lightning_2_6_5")));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String variable(String name) {
    return variables.get(name);
  }

  boolean newerCannotBeMade() {
    return newer.has("construct");
  }

  /** Our answers by the names of Lightning's properties: a number, a text, or a Problem. */
  Map<String, Object> ours() {
    Surroundings surroundings =
        new Surroundings(variables, "thishost", Hardware.of(Map.of()), this::lines);
    ClusterEnvironmentOffer offer = OFFERS.get(environment);
    ClusterEnvironment made = offer.environment(surroundings, Map.of());
    Map<String, Object> answers = new LinkedHashMap<>();
    answers.put("detect", offer.detect(surroundings).found());
    answers.put("creates_processes_externally", made.createsProcessesExternally());
    answers.put("main_address", answer(made::mainAddress));
    answers.put("main_port", answer(made::mainPort));
    answers.put("world_size", answer(made::worldSize));
    answers.put("global_rank", answer(made::globalRank));
    answers.put("local_rank", answer(made::localRank));
    answers.put("node_rank", answer(made::nodeRank));
    return answers;
  }

  @Override
  public String toString() {
    return id;
  }

  private List<String> lines(String path) throws IOException {
    if (rankFile == null || !path.equals("{rankfile}")) {
      throw new NoSuchFileException(path);
    }
    return rankFile.lines().toList();
  }

  private static Object answer(Supplier<Object> question) {
    try {
      return question.get();
    } catch (ClusterException e) {
      return e.problem();
    }
  }
}
