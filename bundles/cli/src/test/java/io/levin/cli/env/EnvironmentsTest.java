package io.levin.cli.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.LevinException;
import io.levin.MisconfigurationException;
import io.levin.cli.plan.OffersOnClassPath;
import io.levin.cluster.Problem;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentsTest {
  private static final Environments ENVIRONMENTS = new Environments(OffersOnClassPath.find());
  private static final Map<String, String> SLURM =
      Map.of(
          "SLURM_NTASKS", "4",
          "SLURM_PROCID", "3",
          "SLURM_LOCALID", "1",
          "SLURM_NODEID", "1",
          "SLURM_NODELIST", "node[07-08]",
          "SLURM_JOB_ID", "1234");

  @Test
  void findsTheEnvironmentAndItsAnswers() {
    EnvReport report = ENVIRONMENTS.ask(place(SLURM), Optional.empty());
    assertThat(report.ok()).isTrue();
    assertThat(EnvJson.of(report))
        .containsEntry("environment", "SLURMEnvironment")
        .containsEntry("main_address", "node07")
        .containsEntry("main_port", 16234)
        .containsEntry("world_size", 4)
        .containsEntry("global_rank", 3)
        .containsEntry("local_rank", 1)
        .containsEntry("node_rank", 1)
        .containsEntry("creates_processes_externally", true);
  }

  @Test
  void saysWhatTheOthersLack() {
    EnvReport report = ENVIRONMENTS.ask(place(Map.of()), Optional.empty());
    assertThat(report.name()).isEqualTo("LightningEnvironment");
    assertThat(report.others())
        .contains(new EnvReport.Other("SLURMEnvironment", "SLURM_NTASKS is not set"));
    EnvReport slurm = ENVIRONMENTS.ask(place(SLURM), Optional.empty());
    assertThat(slurm.others())
        .contains(new EnvReport.Other("LightningEnvironment", "SLURMEnvironment goes before it"));
  }

  @Test
  void asksTheEnvironmentItIsToldToByWordOrByClassName() {
    assertThat(ENVIRONMENTS.ask(place(SLURM), Optional.of("lightning")).name())
        .isEqualTo("LightningEnvironment");
    assertThat(ENVIRONMENTS.ask(place(SLURM), Optional.of("LightningEnvironment")).name())
        .isEqualTo("LightningEnvironment");
  }

  @Test
  void namesEveryVariableThatIsMissingOrMalformed() {
    EnvReport report =
        ENVIRONMENTS.ask(
            place(Map.of("SLURM_NTASKS", "two", "SLURM_PROCID", "0")), Optional.of("slurm"));
    assertThat(report.ok()).isFalse();
    assertThat(report.problems())
        .extracting(Problem::variable)
        .containsExactlyInAnyOrder("SLURM_NTASKS", "SLURM_LOCALID", "SLURM_NODEID");
    assertThat(report.answers()).containsEntry("global_rank", 0).doesNotContainKey("world_size");
  }

  @Test
  void anUnknownNameIsRefusedWithWhatThereIs() {
    assertThatThrownBy(() -> ENVIRONMENTS.ask(place(Map.of()), Optional.of("slrum")))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("kubeflow, lightning, lsf, mpi, slurm, torchelastic")
        .extracting(e -> ((LevinException) e).hint())
        .isEqualTo("Did you mean slurm?");
  }

  @Test
  void theTableHoldsAnswersProblemsAndTheOthers() {
    String table =
        EnvTable.render(ENVIRONMENTS.ask(place(Map.of("SLURM_NTASKS", "2")), Optional.empty()));
    assertThat(table)
        .startsWith("SLURMEnvironment: SLURM_NTASKS is set\n")
        .containsPattern("world size +2 +processes in all\n")
        .containsPattern("global rank +unknown")
        .contains("Problems\n", "  ! SLURM_PROCID is not set.\n", "Not the others\n")
        .doesNotContain("null");
    assertThat(table.lines()).allMatch(line -> line.length() <= 96);
  }

  @Test
  void aBatchAnswersEveryLineWithItsId() throws IOException {
    StringWriter out = new StringWriter();
    int bad =
        EnvBatch.run(
            new StringReader(
                """
                {"id":"a","environment":{"LOCAL_RANK":"1","MASTER_PORT":"4321"}}
                {"id":"b","environment_name":"slurm","environment":{},"hostname":"n1"}
                {"id":"c","environment_name":"nope"}
                {"id":"d","environment_nam":"slurm"}
                """),
            out,
            ENVIRONMENTS,
            place(Map.of()));
    String[] lines = out.toString().split("\n");
    assertThat(bad).isEqualTo(3);
    assertThat(json(lines[0]).path("main_port").asInt()).isEqualTo(4321);
    assertThat(json(lines[0]).path("creates_processes_externally").asBoolean()).isTrue();
    assertThat(json(lines[1]).path("ok").asBoolean()).isFalse();
    assertThat(json(lines[1]).path("problems").findValuesAsText("variable"))
        .contains("SLURM_NTASKS", "SLURM_PROCID");
    assertThat(json(lines[2]).path("problems").get(0).path("variable").asText())
        .isEqualTo("environment_name");
    assertThat(json(lines[3]).path("problems").get(0).path("hint").asText())
        .isEqualTo("Did you mean environment_name?");
  }

  private static JsonNode json(String line) throws IOException {
    return new ObjectMapper().readTree(line);
  }

  private static Surroundings place(Map<String, String> environment) {
    return Surroundings.of(environment, "n1", Hardware.of(Map.of()));
  }
}
