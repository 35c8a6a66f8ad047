package io.levin.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.core.planner.Planner;
import io.levin.plan.Conflict;
import io.levin.plan.Hardware;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every section of docs/planning/differences.md, as requests and their answers. */
class DifferencesTest {
  private static final Planner PLANNER = new Planner(OffersOnClassPath.find());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TORCHELASTIC =
      "'environment':{'TORCHELASTIC_RUN_ID':'none','RANK':'1','GROUP_RANK':'0','LOCAL_RANK':'1',"
          + "'LOCAL_WORLD_SIZE':'2','WORLD_SIZE':'2','MASTER_ADDR':'localhost',"
          + "'MASTER_PORT':'29500','SLURM_NTASKS':'2','SLURM_PROCID':'1','SLURM_LOCALID':'1',"
          + "'SLURM_NODEID':'0','SLURM_JOB_NAME':'train'}";
  private static final String SLURM =
      "'environment':{'SLURM_NTASKS':'2','SLURM_PROCID':'1','SLURM_LOCALID':'1',"
          + "'SLURM_NODEID':'0','SLURM_JOB_NAME':'train'}";

  /**
   * @param plan what the plan must hold; empty when it is refused
   * @param about what the conflicts must be about, one text for each
   * @param warning part of a warning
   */
  record Case(
      String section,
      String request,
      Map<String, Object> plan,
      List<String> about,
      String warning) {
    @Override
    public String toString() {
      return section + ": " + request;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        refused(
            "Every conflict at once",
            "'hardware':'tpu=8','arguments':{'precision':64,'strategy':'ddp','amp_level':'O1'}",
            "strategy, accelerator",
            "amp-level, amp-backend",
            "precision, accelerator"),
        planned(
            "accelerator unset means auto",
            "'hardware':'gpu=4','arguments':{}",
            Map.of("accelerator", "GPUAccelerator", "parallel_devices", 4)),
        refused(
            "accelerator unset means auto",
            "'hardware':'gpu=4','arguments':{'devices':'auto'}",
            "devices, accelerator"),
        planned(
            "strategy auto leaves the choice to the planner",
            "'arguments':{'strategy':'auto'}",
            Map.of("strategy", "SingleDeviceStrategy")),
        planned(
            "Words in any letter case, and no unknown accelerator",
            "'hardware':'gpu=2','arguments':{'accelerator':'GPU','strategy':'DDP'}",
            Map.of("accelerator", "GPUAccelerator", "strategy", "DDPStrategy")),
        refused(
            "Words in any letter case, and no unknown accelerator",
            "'arguments':{'accelerator':'npu'}",
            "accelerator"),
        refused(
            "A strategy is not an accelerator", "'arguments':{'accelerator':'ddp'}", "accelerator"),
        planned(
            "The newer spellings of precision",
            "'hardware':'gpu=1','arguments':{'precision':'16-mixed'}",
            Map.of("precision", "16", "scaler", true)),
        planned(
            "The newer spellings of precision",
            "'arguments':{'precision':'64-true'}",
            Map.of("precision_plugin", "DoublePrecisionPlugin")),
        refused(
            "The newer spellings of precision", "'arguments':{'precision':'mixed'}", "precision"),
        refused(
            "precision and a precision plugin that disagree",
            "'arguments':{'precision':32,'plugins':['DoublePrecisionPlugin']}",
            "precision, plugins"),
        refused(
            "precision and a precision plugin that disagree",
            "'arguments':{'precision':16,'plugins':['NativeMixedPrecisionPlugin:precision=bf16']}",
            "precision, plugins"),
        planned(
            "precision and a precision plugin that disagree",
            "'arguments':{'precision':64,'plugins':['DoublePrecisionPlugin']}",
            Map.of("precision", "64")),
        planned(
            "A strategy and its own plugin",
            "'arguments':{'strategy':'ddp','plugins':['DDPStrategy']}",
            Map.of("strategy", "DDPStrategy")),
        refused(
            "A strategy and its own plugin",
            "'arguments':{'strategy':'ddp_spawn','plugins':['DDPStrategy']}",
            "strategy, plugins"),
        refused(
            "A precision plugin where it cannot compute",
            "'hardware':'hpu=8','arguments':{'plugins':['DoublePrecisionPlugin']}",
            "plugins, accelerator"),
        refused(
            "A precision plugin where it cannot compute",
            "'hardware':'ipu=4','arguments':{'plugins':['PrecisionPlugin']}",
            "plugins, accelerator"),
        refused(
            "A precision plugin where it cannot compute",
            "'arguments':{'plugins':['TPUPrecisionPlugin']}",
            "plugins"),
        refused(
            "A precision plugin where it cannot compute",
            "'arguments':{'strategy':'deepspeed','plugins':['DoublePrecisionPlugin']}",
            "plugins, strategy"),
        refused(
            "A foreign strategy on an IPU",
            "'hardware':'ipu=4','arguments':{'strategy':'ddp'}",
            "strategy, accelerator"),
        refused(
            "devices are held against the machine",
            "'hardware':'ipu=4','arguments':{'devices':8}",
            "devices, accelerator"),
        planned(
            "devices -1 means all of them",
            "'hardware':'hpu=8','arguments':{'devices':-1}",
            Map.of("parallel_devices", 8, "strategy", "HPUParallelStrategy")),
        planned(
            "devices as text means the number",
            "'hardware':'ipu=4','arguments':{'devices':'2'}",
            Map.of("parallel_devices", 2)),
        planned(
            "devices as text means the number",
            "'hardware':'tpu=8','arguments':{'devices':'2'}",
            Map.of("parallel_devices", 1, "devices", List.of(2))),
        refused(
            "dp is not offered", "'hardware':'gpu=2','arguments':{'strategy':'dp'}", "strategy"),
        warned(
            "dp is not offered",
            "'arguments':{'strategy':'dp','devices':2}",
            Map.of("strategy", "DDPStrategy"),
            "becomes ddp"),
        refused(
            "A scheduler that started another number of tasks",
            SLURM + ",'hardware':'gpu=4','arguments':{'strategy':'ddp'}",
            "SLURM_NTASKS"),
        warned(
            "ddp_spawn goes by the environment chosen",
            SLURM + ",'arguments':{'strategy':'ddp_spawn','devices':2}",
            Map.of("strategy", "DDPStrategy"),
            "becomes ddp"),
        planned(
            "ddp_spawn goes by the environment chosen",
            SLURM + ",'arguments':{'devices':2,'plugins':['LightningEnvironment']}",
            Map.of("strategy", "DDPSpawnStrategy")),
        warned(
            "Processes are never spawned twice",
            "'environment':{'LOCAL_RANK':'1'},'arguments':{'devices':2}",
            Map.of("strategy", "DDPSpawnStrategy"),
            "spawns none"),
        refused(
            "Apex's levels",
            "'hardware':'gpu=1','arguments':"
                + "{'precision':16,'amp_backend':'apex','amp_level':'O7'}",
            "amp-level"),
        planned(
            "TorchElastic goes before SLURM",
            TORCHELASTIC + ",'arguments':{'devices':2}",
            Map.of("cluster_environment", "TorchElasticEnvironment")),
        planned(
            "Checkpoint plugins need no device library",
            "'arguments':{'plugins':['XLACheckpointIO']}",
            Map.of("checkpoint_io", "XLACheckpointIO")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAsTheSectionSays(Case given) throws JsonProcessingException {
    PlanRequest request = request(given.request());
    assertThat(request.conflicts()).isEmpty();
    PlanReport report = PLANNER.plan(request.arguments(), request.surroundings());
    assertThat(report.conflicts().stream().map(Conflict::about))
        .map(about -> String.join(", ", about))
        .containsExactlyElementsOf(given.about());
    report
        .plan()
        .ifPresent(plan -> assertThat(PlanJson.of(plan)).containsAllEntriesOf(given.plan()));
    assertThat(String.join("\n", report.warnings())).contains(given.warning());
  }

  @Test
  void everySectionIsTested() throws IOException {
    List<String> sections =
        Files.readAllLines(Path.of("../../docs/planning/differences.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .toList();
    assertThat(cases().map(Case::section).distinct()).containsExactlyInAnyOrderElementsOf(sections);
  }

  private static PlanRequest request(String text) throws JsonProcessingException {
    Map<?, ?> raw = JSON.readValue("{" + text.replace('\'', '"') + "}", Map.class);
    Map<String, Object> line = new LinkedHashMap<>();
    raw.forEach((key, value) -> line.put((String) key, value));
    return PlanRequest.read(line, Surroundings.of(Map.of(), "n1", Hardware.of(Map.of())));
  }

  private static Case planned(String section, String request, Map<String, Object> plan) {
    return new Case(section, request, plan, List.of(), "");
  }

  private static Case warned(
      String section, String request, Map<String, Object> plan, String warning) {
    return new Case(section, request, plan, List.of(), warning);
  }

  private static Case refused(String section, String request, String... about) {
    return new Case(section, request, Map.of(), List.of(about), "");
  }
}
