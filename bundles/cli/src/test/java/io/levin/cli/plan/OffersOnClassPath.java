package io.levin.cli.plan;

import io.levin.core.planner.Offered;
import io.levin.plan.Offer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The offers that Felix would find: the components declared in the manifests of the class path. */
public final class OffersOnClassPath {
  private static final Pattern IMPLEMENTATION =
      Pattern.compile("implementation class=\"([^\"]+)\"");

  private static final Pattern RANKING =
      Pattern.compile("name=\"service.ranking\" type=\"Integer\" value=\"(-?\\d+)\"");

  private OffersOnClassPath() {}

  public static List<Offered> find() {
    try {
      List<Offered> offers = new ArrayList<>();
      ClassLoader loader = OffersOnClassPath.class.getClassLoader();
      for (URL manifest : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
        Attributes attributes = attributes(manifest);
        String components = attributes.getValue("Service-Component");
        if (components != null) {
          for (String component : components.split(",")) {
            URL xml = new URL(manifest, "../" + component.strip());
            offer(text(xml), attributes.getValue("Bundle-SymbolicName"), loader, offers);
          }
        }
      }
      return offers;
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void offer(String xml, String bundle, ClassLoader loader, List<Offered> offers)
      throws ReflectiveOperationException {
    Matcher matcher = IMPLEMENTATION.matcher(xml);
    if (xml.contains("<provide interface=\"" + Offer.class.getName() + "\"") && matcher.find()) {
      Object offer = loader.loadClass(matcher.group(1)).getDeclaredConstructor().newInstance();
      Matcher ranking = RANKING.matcher(xml);
      offers.add(
          new Offered(
              (Offer<?>) offer, bundle, ranking.find() ? Integer.parseInt(ranking.group(1)) : 0));
    }
  }

  private static Attributes attributes(URL manifest) throws IOException {
    try (InputStream in = manifest.openStream()) {
      return new Manifest(in).getMainAttributes();
    }
  }

  private static String text(URL resource) throws IOException {
    try (InputStream in = resource.openStream()) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
