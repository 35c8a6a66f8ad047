package io.levin.cli;

import io.levin.core.planner.Offered;
import io.levin.job.Job;
import io.levin.plan.Family;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the installed bundles offer, family by family, and the bundles. */
final class PluginList {
  private PluginList() {}

  static int print(Session session, boolean json) {
    if (json) {
      Json.print(document(session.services()), session.out());
    } else {
      print(session.services(), session.out());
    }
    return ExitCode.OK;
  }

  private static void print(Services services, PrintStream out) {
    for (Family family : Family.values()) {
      Table table = new Table();
      for (Offered offered : of(family, services)) {
        table.row(offered.offer().name(), String.join(", ", words(offered)), offered.bundle());
      }
      out.println(family.type());
      table.print("  ", out);
      out.println();
    }
    Table jobs = new Table();
    services.jobs().forEach(job -> jobs.row(job.name(), job.description()));
    out.println("Job");
    jobs.print("  ", out);
    out.println();
    Table bundles = new Table();
    for (Services.Installed bundle : services.bundles()) {
      bundles.row(
          bundle.name(),
          bundle.version(),
          bundle.state(),
          bundle.level(),
          bundle.origin(),
          bundle.file());
    }
    out.println("Bundle");
    bundles.print("  ", out);
    List<String> troubles = services.troubles();
    if (!troubles.isEmpty()) {
      out.println();
      out.println("Trouble");
      troubles.forEach(trouble -> out.println("  " + trouble));
    }
  }

  private static Map<String, Object> document(Services services) {
    Map<String, Object> document = new LinkedHashMap<>();
    List<Object> offers = new ArrayList<>();
    for (Family family : Family.values()) {
      for (Offered offered : of(family, services)) {
        Map<String, Object> offer = new LinkedHashMap<>();
        offer.put("family", family.id());
        offer.put("name", offered.offer().name());
        offer.put("words", words(offered));
        offer.put("ranking", offered.ranking());
        offer.put("bundle", offered.bundle());
        offers.add(offer);
      }
    }
    document.put("offers", offers);
    document.put("jobs", services.jobs().stream().map(PluginList::job).toList());
    document.put("bundles", services.bundles());
    document.put("troubles", services.troubles());
    return document;
  }

  private static Map<String, String> job(Job job) {
    return Map.of("name", job.name(), "description", job.description());
  }

  private static List<Offered> of(Family family, Services services) {
    return services.offers().stream()
        .filter(offered -> offered.offer().family() == family)
        .sorted(Comparator.comparing(offered -> offered.offer().name()))
        .toList();
  }

  private static TreeSet<String> words(Offered offered) {
    return new TreeSet<>(offered.offer().words());
  }
}
