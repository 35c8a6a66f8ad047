package io.levin.cli;

import io.levin.core.planner.Closest;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Components that could not be made, of any bundle, and why. */
final class Components {
  private Components() {}

  /** A sentence for each component that is not what it was meant to be. */
  static List<String> troubles(BundleContext context) {
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    if (reference == null) {
      return List.of("There is no Declarative Services runtime: no component was made.");
    }
    ServiceComponentRuntime runtime = context.getService(reference);
    List<String> troubles = new ArrayList<>();
    for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs()) {
      for (ComponentConfigurationDTO made : runtime.getComponentConfigurationDTOs(component)) {
        trouble(made).forEach(why -> troubles.add(sentence(component, why)));
      }
    }
    return troubles;
  }

  /** A sentence for each file of settings that no component reads. */
  static List<String> unread(BundleContext context) {
    String folder = context.getProperty("levin.settings");
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    String[] files = folder == null || reference == null ? null : new File(folder).list();
    if (files == null || files.length == 0) {
      return List.of();
    }
    Set<String> known =
        context.getService(reference).getComponentDescriptionDTOs().stream()
            .flatMap(component -> Stream.of(component.configurationPid))
            .collect(Collectors.toCollection(TreeSet::new));
    return Stream.of(files)
        .filter(file -> file.matches(".*\\.(yaml|yml|json)"))
        .filter(file -> !known.contains(file.replaceFirst("(~.*)?\\.[a-z]+$", "")))
        .sorted()
        .map(
            file ->
                "conf/plugins/%s is read by no component%s."
                    .formatted(
                        file,
                        Closest.to(file.replaceFirst("\\.[a-z]+$", ""), known)
                            .map("; did you mean %s.yaml"::formatted)
                            .orElse("")))
        .toList();
  }

  /** What the files are called in which the components of a bundle find their settings. */
  static List<String> settings(BundleContext context, String bundle) {
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    return reference == null
        ? List.of()
        : context.getService(reference).getComponentDescriptionDTOs().stream()
            .filter(component -> component.bundle.symbolicName.equals(bundle))
            .flatMap(component -> Stream.of(component.configurationPid))
            .distinct()
            .sorted()
            .toList();
  }

  private static String sentence(ComponentDescriptionDTO component, String why) {
    return "%s of bundle %s cannot be used: %s"
        .formatted(component.name, component.bundle.symbolicName, why);
  }

  private static Stream<String> trouble(ComponentConfigurationDTO made) {
    return switch (made.state) {
      case ComponentConfigurationDTO.FAILED_ACTIVATION -> Stream.of(cause(made.failure));
      case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> Stream.of(missing(made));
      case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
          Stream.of("it needs a configuration that nobody gave.");
      default -> Stream.empty();
    };
  }

  private static String missing(ComponentConfigurationDTO made) {
    return Stream.of(made.unsatisfiedReferences)
        .map(
            reference ->
                Stream.of(made.description.references)
                    .filter(described -> described.name.equals(reference.name))
                    .map(described -> described.interfaceName)
                    .findFirst()
                    .orElse(reference.name))
        .collect(
            Collectors.joining(" and ", "it needs the service ", ", which no bundle here has."));
  }

  /** The last cause of a printed stack trace, which is all that the runtime keeps. */
  private static String cause(String failure) {
    return failure
        .lines()
        .filter(line -> line.startsWith("Caused by: "))
        .map(line -> line.substring("Caused by: ".length()))
        .reduce((earlier, later) -> later)
        .or(() -> failure.lines().findFirst())
        .orElse("its activation failed.");
  }
}
