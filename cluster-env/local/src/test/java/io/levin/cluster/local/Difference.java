package io.levin.cluster.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.levin.cluster.Problem;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules by which we answer otherwise than Lightning on purpose. Each is explained, under the
 * same name, in {@code docs/planning/environment-differences.md}.
 */
enum Difference {
  STRICT_NUMBERS {
    @Override
    boolean explains(OracleRow row, String property, Object ours, JsonNode theirs) {
      String value = ours instanceof Problem p ? row.variable(p.variable()) : null;
      return value != null
          && theirs.isInt()
          && PYTHON_INT.matcher(value).matches()
          && !DIGITS.matcher(value).matches();
    }
  },
  PORTS_ARE_PORTS {
    @Override
    boolean explains(OracleRow row, String property, Object ours, JsonNode theirs) {
      return property.equals("main_port")
          && ours instanceof Problem
          && theirs.isInt()
          && (theirs.asInt() < 1 || theirs.asInt() > 65_535);
    }
  },
  AT_LEAST_ONE_PROCESS {
    @Override
    boolean explains(OracleRow row, String property, Object ours, JsonNode theirs) {
      return property.equals("world_size") && ours instanceof Problem && theirs.asInt(-1) == 0;
    }
  },
  ODD_JOB_IDS {
    @Override
    boolean explains(OracleRow row, String property, Object ours, JsonNode theirs) {
      String id = row.variable(row.environment().equals("slurm") ? "SLURM_JOB_ID" : "LSB_JOBID");
      return property.equals("main_port")
          && row.variable("MASTER_PORT") == null
          && id != null
          && !DIGITS.matcher(id).matches()
          && ours instanceof Integer;
    }
  },
  SLURM_WITHOUT_TASKS_PER_NODE {
    @Override
    boolean explains(OracleRow row, String property, Object ours, JsonNode theirs) {
      return property.equals("construct")
          && row.environment().equals("slurm")
          && theirs.path("error").asText().equals("RuntimeError")
          && row.variable("SLURM_NTASKS_PER_NODE") == null;
    }
  },
  SLURM_HOST_LISTS {
    @Override
    boolean explains(OracleRow row, String property, Object ours, JsonNode theirs) {
      String list = row.variable("SLURM_NODELIST");
      return property.equals("main_address")
          && list != null
          && list.contains("[")
          && row.variable("MASTER_ADDR") == null
          && ours instanceof String;
    }
  },
  KUBEFLOW_IS_DETECTED {
    @Override
    boolean explains(OracleRow row, String property, Object ours, JsonNode theirs) {
      return property.equals("detect")
          && theirs.path("error").asText().equals("NotImplementedError");
    }
  },
  KUBEFLOW_LOCAL_RANKS {
    @Override
    boolean explains(OracleRow row, String property, Object ours, JsonNode theirs) {
      return row.environment().equals("kubeflow")
          && row.variables().keySet().containsAll(Set.of("LOCAL_RANK", "LOCAL_WORLD_SIZE"))
          && Set.of("local_rank", "node_rank").contains(property);
    }
  };

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern PYTHON_INT =
      Pattern.compile("\\s*[+-]?\\d+(_\\d+)*\\s*", Pattern.UNICODE_CHARACTER_CLASS);

  abstract boolean explains(OracleRow row, String property, Object ours, JsonNode theirs);

  /** As in the documentation: {@code strict-numbers}. */
  String id() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
