package io.levin.testkit.felix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** The extension, seen from the inside. */
@FelixTest
class FelixExtensionTest {
  private static ClassLoader beforeAll;

  BundleContext context;
  @Service ServiceComponentRuntime components;
  @TempDir Path folder;
  private int prepared;

  @BeforeAll
  static void remember() {
    beforeAll = FelixExtensionTest.class.getClassLoader();
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
    assertThat(Files.writeString(folder.resolve("x"), "y")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.apache.felix.scr", "io.levin.testkit.probe"})
  void argumentsCrossIntoTheBundle(String name) {
    assertThat(context.getBundles()).extracting(Bundle::getSymbolicName).contains(name);
  }
}
