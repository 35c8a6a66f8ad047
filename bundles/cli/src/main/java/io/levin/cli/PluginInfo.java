package io.levin.cli;

import io.levin.core.planner.Offered;
import io.levin.launcher.Inspection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that is known of one bundle, plugin or jar. */
final class PluginInfo {
  private final Services services;
  private final Session session;

  PluginInfo(Session session) {
    this.services = session.services();
    this.session = session;
  }

  int print(String name, boolean json) {
    Map<String, Object> facts = facts(name);
    if (json) {
      Json.print(facts, session.out());
      return ExitCode.OK;
    }
    Table table = new Table();
    facts.forEach((fact, value) -> table.row(fact.replace('_', ' '), text(value)));
    table.print("", session.out());
    return ExitCode.OK;
  }

  private Map<String, Object> facts(String name) {
    PluginNames names = new PluginNames(services);
    boolean isFile = name.endsWith(".jar") && Files.exists(Path.of(name));
    Optional<Services.Installed> bundle =
        isFile ? Optional.empty() : Optional.of(names.bundle(name));
    Path jar = Path.of(isFile ? name : bundle.get().jar());
    Map<String, Object> facts = new LinkedHashMap<>();
    if (jar.toString().isEmpty()) {
      facts.put("bundle", bundle.get().name() + " " + bundle.get().version());
      return facts; // the framework, which is no bundle's jar
    }
    boolean isCore = bundle.isPresent() && bundle.get().origin().equals("core");
    Inspection found = names.inspect(jar);
    facts.put("bundle", found.name() + " " + found.version());
    put(facts, "description", found.headers().get("Bundle-Description"));
    put(facts, "vendor", found.headers().get("Bundle-Vendor"));
    put(facts, "license", found.headers().get("Bundle-License"));
    facts.put("jar", jar.toString());
    facts.put("sha256", found.sha256());
    facts.put("signed_by", signers(found));
    found.flaw().ifPresent(flaw -> facts.put("signature", flaw));
    if (isCore) {
      facts.put("origin", "core");
    } else {
      facts.put("allowed", found.objection().map("no: "::concat).orElse("yes"));
      if (found.objection().isEmpty()) {
        facts.put("resolves", found.lacks().isEmpty() ? "yes" : found.lacks());
      }
    }
    bundle.ifPresent(
        there -> {
          facts.put("state", there.state());
          facts.put("offers", offers(there.name()));
          facts.put(
              "settings",
              services.settings(there.name()).stream()
                  .map("conf/plugins/%s.yaml"::formatted)
                  .toList());
        });
    facts.put("components", found.clauses("Service-Component"));
    facts.put("imports", found.clauses("Import-Package"));
    facts.put("exports", found.clauses("Export-Package"));
    return facts;
  }

  private static void put(Map<String, Object> facts, String fact, String value) {
    if (value != null) {
      facts.put(fact, value);
    }
  }

  private static List<String> signers(Inspection found) {
    return found.signers().entrySet().stream()
        .map(signer -> "%s (signer %s)".formatted(signer.getKey(), signer.getValue()))
        .toList();
  }

  private List<String> offers(String bundle) {
    return services.offers().stream()
        .filter(offered -> offered.bundle().equals(bundle))
        .map(PluginInfo::offer)
        .sorted()
        .toList();
  }

  private static String offer(Offered offered) {
    String options = String.join(", ", offered.offer().options());
    return "%s (%s%s%s)"
        .formatted(
            offered.name(),
            offered.offer().family().id(),
            offered.ranking() == 0 ? "" : ", ranking " + offered.ranking(),
            options.isEmpty() ? "" : ", options " + options);
  }

  private static String text(Object value) {
    if (!(value instanceof List<?> list)) {
      return String.valueOf(value);
    }
    return list.isEmpty()
        ? "none"
        : list.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
