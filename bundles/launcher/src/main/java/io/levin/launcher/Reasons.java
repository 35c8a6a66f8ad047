package io.levin.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.BundleException;

/** Says in one sentence of a person's language why the framework refused a bundle. */
final class Reasons {
  private static final Pattern MISSING =
      Pattern.compile("missing requirement \\[[^\\]]*\\]\\([^)]*\\)\\] ([\\w.]+); (\\(\\S+\\))");
  private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([\\w.]+)");
  private static final Pattern VERSION = Pattern.compile("(!)?\\(version>=([\\w.]+)\\)");
  private static final Pattern HOST = Pattern.compile("osgi\\.wiring\\.host=([^)]+)");
  private static final Pattern JAVA = Pattern.compile("\\(version=([\\d.]+)\\)");

  private Reasons() {}

  static String of(BundleException failure) {
    String text = String.valueOf(failure.getMessage());
    Matcher missing = MISSING.matcher(text);
    String reason = null;
    while (missing.find()) { // the last one is the root
      reason = requirement(missing.group(1), missing.group(2));
    }
    if (reason != null) {
      return reason;
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return switch (failure.getType()) {
      case BundleException.DUPLICATE_BUNDLE_ERROR ->
          "a bundle of this symbolic name and version is already installed.";
      case BundleException.ACTIVATOR_ERROR -> "its activator failed with " + root + ".";
      default -> (root == failure ? text : root.toString()) + ".";
    };
  }

  /** A sentence for one requirement that nothing meets. */
  static String requirement(String namespace, String filter) {
    Matcher name = PACKAGE.matcher(filter);
    if (name.find()) {
      return "it needs the package %s%s, which no bundle here exports."
          .formatted(name.group(1), versions(filter));
    }
    Matcher java = JAVA.matcher(filter);
    if (namespace.equals("osgi.ee") && java.find()) {
      return "it needs Java %s; this is Java %s."
          .formatted(java.group(1), System.getProperty("java.specification.version"));
    }
    Matcher host = HOST.matcher(filter);
    if (namespace.equals("osgi.wiring.host") && host.find()) {
      return "it is a fragment of %s, which is not here.".formatted(host.group(1));
    }
    return "it needs %s %s, which no bundle here provides.".formatted(namespace, filter);
  }

  private static String versions(String filter) {
    List<String> bounds = new ArrayList<>();
    Matcher bound = VERSION.matcher(filter);
    while (bound.find()) {
      bounds.add((bound.group(1) == null ? "from " : "before ") + bound.group(2));
    }
    return bounds.isEmpty() ? "" : " (" + String.join(", ", bounds) + ")";
  }
}
