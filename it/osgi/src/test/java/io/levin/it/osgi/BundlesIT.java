package io.levin.it.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.launcher.Command;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.testkit.felix.FelixTest;
import io.levin.testkit.felix.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.BundleWiring;

/** Every bundle of the distribution, in Felix. */
@FelixTest
class BundlesIT {
  BundleContext context;
  @Service Command commandLine;

  @Test
  void theseTestsRunInsideFelix() {
    assertThat(FrameworkUtil.getBundle(getClass())).isNotNull();
    assertThat(Offer.class.getClassLoader()).isNotSameAs(ClassLoader.getSystemClassLoader());
  }

  @Test
  void everyJarOfTheDistributionIsInstalled() throws IOException {
    Set<String> files;
    Path folder = Path.of(System.getProperty("levin.distribution"), "bundles");
    try (Stream<Path> paths = Files.walk(folder)) {
      files =
          paths
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(".jar"))
              .collect(Collectors.toSet());
    }
    Set<String> installed =
        bundles()
            .map(Bundle::getLocation)
            .map(location -> location.substring(location.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
    assertThat(files).hasSizeGreaterThan(20);
    assertThat(installed).isEqualTo(files);
  }

  @Test
  void everyBundleResolvesAndStarts() {
    assertThat(bundles().filter(bundle -> !isFragment(bundle)))
        .isNotEmpty()
        .allSatisfy(
            bundle ->
                assertThat(bundle.getState())
                    .as("state of " + bundle.getSymbolicName())
                    .isEqualTo(Bundle.ACTIVE));
    assertThat(bundles())
        .allSatisfy(bundle -> assertThat(bundle.adapt(BundleWiring.class)).isNotNull());
  }

  @Test
  void everyFamilyHasOffers() throws InvalidSyntaxException {
    List<Offer<?>> offers = offers();
    for (Family family : Family.values()) {
      assertThat(offers).as(family.id()).anyMatch(offer -> offer.family() == family);
    }
  }

  @Test
  void noTwoOffersOfAFamilyHaveTheSameName() throws InvalidSyntaxException {
    assertThat(offers().stream().map(offer -> offer.family().id() + " " + offer.name()))
        .doesNotHaveDuplicates();
  }

  /** A mended class of the engine stands before DJL's own, so its package keeps DJL's version. */
  @Test
  void theEngineIsExportedAtItsOwnVersion() {
    assertThat(
            context.getBundle(0).adapt(BundleWiring.class).getCapabilities("osgi.wiring.package"))
        .filteredOn(c -> "ai.djl.ndarray".equals(c.getAttributes().get("osgi.wiring.package")))
        .singleElement()
        .satisfies(c -> assertThat(c.getAttributes().get("version")).hasToString("0.36.0"));
  }

  private Stream<Bundle> bundles() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getBundleId() != 0)
        .filter(bundle -> !bundle.getLocation().equals("levin:probe"));
  }

  private List<Offer<?>> offers() throws InvalidSyntaxException {
    return context.getServiceReferences(Offer.class, null).stream()
        .<Offer<?>>map(context::getService)
        .toList();
  }

  private static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
  }
}
