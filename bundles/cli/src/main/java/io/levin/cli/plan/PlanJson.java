package io.levin.cli.plan;

import io.levin.arguments.TrainerArguments;
import io.levin.plan.Conflict;
import io.levin.plan.Decision;
import io.levin.plan.Family;
import io.levin.plan.Plan;
import io.levin.plan.PlanReport;
import io.levin.plan.Settings;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plans and refusals as values that any JSON writer takes; keys are spelled as in Python. */
public final class PlanJson {
  private PlanJson() {}

  /** The whole report: {@code ok}, then {@code plan} or {@code conflicts}, decisions, warnings. */
  public static Map<String, Object> of(PlanReport report) {
    return of(report, report.decisions());
  }

  /** The report without the many offers that the request does not concern. */
  static Map<String, Object> brief(PlanReport report) {
    return of(
        report,
        report.decisions().stream()
            .filter(decision -> decision.verdict() != Decision.Verdict.NOT_CONCERNED)
            .toList());
  }

  private static Map<String, Object> of(PlanReport report, List<Decision> decisions) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", report.ok());
    report.plan().ifPresent(plan -> json.put("plan", of(plan)));
    if (!report.ok()) {
      json.put("conflicts", of(report.conflicts()));
    }
    json.put("decisions", decisions.stream().map(PlanJson::of).toList());
    json.put("warnings", report.warnings());
    return json;
  }

  /** A refusal that came before planning could begin. */
  public static Map<String, Object> refusal(Collection<Conflict> conflicts) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", false);
    json.put("conflicts", of(conflicts));
    return json;
  }

  /** The choices alone, as {@code summary.json} keeps them too. */
  public static Map<String, Object> of(Plan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("accelerator", plan.choice(Family.ACCELERATOR).name());
    json.put("strategy", plan.choice(Family.STRATEGY).name());
    json.put("precision_plugin", plan.choice(Family.PRECISION).name());
    json.put("precision", plan.precision());
    json.put("scaler", plan.hasScaler());
    json.put("cluster_environment", plan.choice(Family.CLUSTER_ENVIRONMENT).name());
    json.put("checkpoint_io", plan.choice(Family.CHECKPOINT_IO).name());
    json.put("parallel_devices", plan.parallelDevices());
    json.put("devices", plan.devices());
    int threads = plan.choice(Family.ACCELERATOR).setting(Settings.THREADS, Integer.class, 0);
    if (threads > 0) {
      json.put("threads", threads);
    }
    json.put("num_nodes", plan.numNodes());
    json.put(
        "strategy_word", plan.choice(Family.STRATEGY).setting(Settings.STRATEGY, String.class, ""));
    json.put("emulated", plan.emulated());
    Map<String, Object> bundles = new LinkedHashMap<>();
    for (Family family : Family.values()) {
      bundles.put(underscored(family.id()), plan.choice(family).bundle());
    }
    json.put("bundles", bundles);
    return json;
  }

  private static List<Map<String, Object>> of(Collection<Conflict> conflicts) {
    return conflicts.stream()
        .map(
            conflict -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("about", conflict.about().stream().map(PlanJson::argument).toList());
              json.put("message", conflict.message());
              json.put("hint", conflict.hint());
              return json;
            })
        .toList();
  }

  private static Map<String, Object> of(Decision decision) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("family", underscored(decision.family().id()));
    json.put("name", decision.name());
    json.put("bundle", decision.bundle());
    json.put("verdict", decision.verdict().name().toLowerCase(Locale.ROOT));
    json.put("why", decision.why());
    return json;
  }

  /** Arguments are spelled as in Python, variables as they are. */
  private static String argument(String about) {
    return TrainerArguments.named(about).isPresent() ? underscored(about) : about;
  }

  private static String underscored(String name) {
    return name.replace('-', '_');
  }
}
