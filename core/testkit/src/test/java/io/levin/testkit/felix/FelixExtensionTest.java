package io.levin.testkit.felix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** The extension, seen from the inside. */
@FelixTest
class FelixExtensionTest {
  private static ClassLoader beforeAll;
  private static boolean wasFilledBefore;

  @Service static ServiceComponentRuntime shared;

  BundleContext context;
  @Service ServiceComponentRuntime components;
  @Service List<ServiceComponentRuntime> all;
  @Service Optional<Runnable> absent;
  @TempDir Path folder;
  private int prepared;

  @BeforeAll
  static void remember() {
    beforeAll = FelixExtensionTest.class.getClassLoader();
    wasFilledBefore = shared != null;
  }

  @BeforeEach
  void prepare() {
    prepared++;
  }

  @Test
  void methodsRunInABundle() {
    Bundle here = FrameworkUtil.getBundle(getClass());
    assertThat(here.getSymbolicName()).isEqualTo("io.levin.testkit.probe");
    assertThat(beforeAll).isSameAs(getClass().getClassLoader());
    assertThat(prepared).isOne();
  }

  @Test
  void fieldsAreFilledIn() throws IOException {
    assertThat(context.getBundle()).isEqualTo(FrameworkUtil.getBundle(getClass()));
    assertThat(components.getComponentDescriptionDTOs()).isEmpty();
    assertThat(all).containsExactly(components);
    assertThat(absent).isEmpty();
    assertThat(wasFilledBefore).isTrue();
    assertThat(Files.writeString(folder.resolve("x"), "y")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.apache.felix.scr", "io.levin.testkit.probe"})
  void argumentsCrossIntoTheBundle(String name) {
    assertThat(context.getBundles()).extracting(Bundle::getSymbolicName).contains(name);
  }

  @Test
  void bundlesAreMadeOnTheFly() throws IOException, BundleException {
    Bundle made =
        BundleBuilder.named("org.example.sheep")
            .version("1.2.0")
            .component(Sheep.class, Runnable.class, 7)
            .start(context);
    try {
      assertThat(context.getServiceReference(Runnable.class).getProperty("service.ranking"))
          .isEqualTo(7);
      assertThat(made.getVersion()).hasToString("1.2.0");
    } finally {
      made.uninstall();
    }
    assertThat(context.getServiceReference(Runnable.class)).isNull();
  }

  /** A component of a bundle that is made on the fly. */
  public static final class Sheep implements Runnable {
    @Override
    public void run() {
      throw new UnsupportedOperationException("It only stands there");
    }
  }

  @Nested
  class Inside {
    @Service ServiceComponentRuntime again;

    @Test
    void nestedClassesRunInTheSameFelix() {
      assertThat(getClass().getClassLoader()).isSameAs(beforeAll);
      assertThat(again).isSameAs(components);
      assertThat(prepared).isOne();
    }
  }

  @Test
  void whatIsTakenBackIsNoLeak() {
    ServiceRegistration<Runnable> sheep =
        context.registerService(Runnable.class, new Sheep(), null);
    sheep.unregister();
    assertThat(context.getServiceReference(Runnable.class)).isNull();
  }
}
