package io.levin.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the real Lightning 1.6.5 answered to a thousand requests. */
final class Oracle {
  /** One request with Lightning's answer. */
  record Case(String id, Arguments arguments, Surroundings surroundings, JsonNode row) {
    boolean isRefused() {
      return row.path("expected").has("refused");
    }

    String expected(String key) {
      return row.path("expected").path(key).asText();
    }

    @Override
    public String toString() {
      return row.toString();
    }
  }

  private static final Map<String, Integer> DEVICES =
      Map.of("gpu", 4, "tpu", 8, "ipu", 4, "hpu", 8);
  private static final Map<String, String> PLUGINS =
      Map.ofEntries(
          Map.entry("double", "DoublePrecisionPlugin"),
          Map.entry("precision32", "PrecisionPlugin"),
          Map.entry("native16", "NativeMixedPrecisionPlugin:precision=16"),
          Map.entry("nativebf16", "NativeMixedPrecisionPlugin:precision=bf16"),
          Map.entry("tpu", "TPUPrecisionPlugin"),
          Map.entry("tpubf16", "TPUBf16PrecisionPlugin"),
          Map.entry("torch_io", "TorchCheckpointIO"),
          Map.entry("xla_io", "XLACheckpointIO"),
          Map.entry("hpu_io", "HPUCheckpointIO"),
          Map.entry("lightning", "LightningEnvironment"),
          Map.entry("slurm", "SLURMEnvironment"),
          Map.entry("torchelastic", "TorchElasticEnvironment"),
          Map.entry("kubeflow", "KubeflowEnvironment"),
          Map.entry("lsf", "LSFEnvironment"));
  private static final String HOST = "thishost";

  private Oracle() {}

  static List<Case> cases() {
    ObjectMapper json = new ObjectMapper();
    try (InputStream in = Oracle.class.getResourceAsStream("resolution.json")) {
      JsonNode root = json.readTree(in);
      List<Case> cases = new ArrayList<>();
      for (JsonNode row : root.path("cases")) {
        JsonNode launchedBy = root.path("launched_by").path(row.path("launched_by").asText());
        cases.add(read(row, json.convertValue(launchedBy, Map.class), json));
      }
      return cases;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Case read(JsonNode row, Map<?, ?> variables, ObjectMapper json) {
    Map<String, String> environment = new HashMap<>();
    variables.forEach((name, value) -> environment.put((String) name, (String) value));
    environment.replaceAll((name, value) -> value.startsWith("{rankfile") ? "/rankfile" : value);
    Arguments arguments = Arguments.none();
    Map<?, ?> given = json.convertValue(row.path("args"), Map.class);
    for (Map.Entry<?, ?> entry : given.entrySet()) {
      arguments =
          arguments.read(
              TrainerArguments.named((String) entry.getKey()).orElseThrow(),
              entry.getValue(),
              "oracle");
    }
    List<String> plugins = new ArrayList<>();
    row.path("plugins").forEach(plugin -> plugins.add(PLUGINS.get(plugin.asText())));
    arguments = arguments.read(TrainerArguments.PLUGINS, plugins, "oracle");
    String hardware = row.path("hardware").asText();
    Surroundings surroundings =
        new Surroundings(
            environment,
            HOST,
            DEVICES.containsKey(hardware)
                ? Hardware.of(Map.of(hardware, DEVICES.get(hardware)))
                : Hardware.of(Map.of()),
            path -> List.of("batch", HOST, HOST));
    return new Case(row.path("id").asText(), arguments, surroundings, row);
  }
}
