package io.levin.cli.doctor;

import io.levin.cli.plan.Wrap;
import io.levin.collective.ProcessGroups;
import io.levin.core.planner.Offered;
import io.levin.plan.Surroundings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Everything that was looked at, by headings. */
public record Examination(Map<String, List<Finding>> sections) {
  private static final int WIDTH = 96;

  /** Names beyond this stand out of their column, or nothing would be left for the rest. */
  private static final int LONGEST = 24;

  private static final String ENGINE = "Engine";

  /** Looks at this machine; loads libtorch. */
  public static Examination of(
      Surroundings here, List<Offered> offers, List<ProcessGroups> groups) {
    SystemFiles files = new SystemFiles(Path.of("/"));
    Map<String, List<Finding>> sections = new LinkedHashMap<>();
    sections.put("Machine", new Machine(here.environment(), files).look());
    sections.put("Disks and limits", new Places(here.environment(), files).look());
    sections.put(ENGINE, new Engine(groups).look());
    Abilities abilities = new Abilities(offers, here);
    sections.put("Accelerators", abilities.accelerators());
    sections.putAll(abilities.byAccelerator());
    return new Examination(sections);
  }

  /** Whether anything can be trained here. */
  public boolean ok() {
    return sections.entrySet().stream()
        .filter(section -> section.getKey().equals(ENGINE) || section.getKey().startsWith("Disks"))
        .flatMap(section -> section.getValue().stream())
        .noneMatch(
            finding ->
                finding.level() == Finding.Level.LACK
                    && !finding.name().equals("several processes"));
  }

  /** What was found under a name; "" if nothing was. */
  public String fact(String section, String name) {
    return sections.getOrDefault(section, List.of()).stream()
        .filter(finding -> finding.name().equals(name))
        .map(Finding::what)
        .findFirst()
        .orElse("");
  }

  /** Lines of at most 96 characters, each ended by a line feed. */
  public String text() {
    StringBuilder text = new StringBuilder();
    sections.forEach(
        (title, findings) -> {
          text.append(title).append('\n');
          int name =
              Math.min(LONGEST, findings.stream().mapToInt(f -> f.name().length()).max().orElse(0));
          for (Finding finding : findings) {
            String mark =
                switch (finding.level()) {
                  case OK -> "+";
                  case NOTE -> "~";
                  case LACK -> "-";
                };
            String head =
                "  %s %s  "
                    .formatted(
                        mark,
                        finding.name() + " ".repeat(Math.max(0, name - finding.name().length())));
            Wrap.hanging(head, finding.what(), WIDTH, text);
            if (!finding.advice().isEmpty()) {
              Wrap.hanging(" ".repeat(head.length()) + "=> ", finding.advice(), WIDTH, text);
            }
          }
          text.append('\n');
        });
    return text.append("+ there, ~ there with a difference, - not there\n").toString();
  }

  /** The same as values for JSON. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("ok", ok());
    sections.forEach(
        (title, findings) ->
            values.put(
                title.toLowerCase(Locale.ROOT).replace(' ', '_'),
                findings.stream().map(Examination::values).toList()));
    return values;
  }

  private static Map<String, Object> values(Finding finding) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", finding.name());
    one.put("level", finding.level().name().toLowerCase(Locale.ROOT));
    one.put("what", finding.what());
    if (!finding.advice().isEmpty()) {
      one.put("advice", finding.advice());
    }
    return one;
  }
}
