package io.levin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** Embedding, with these test classes in the place of Levin's core. */
class EmbeddedTest {

  /** A component of the core; see OSGI-INF/part.xml. */
  public static final class Part implements Supplier<String> {
    @Override
    public String get() {
      return "from the class path";
    }
  }

  @Test
  void componentsOfTheCoreAreOfTheApplicationsOwnClasses() {
    try (Levin levin = Levin.start()) {
      assertThat(levin.service(Supplier.class)).get().isInstanceOf(Part.class);
      assertThat(levin.context().getBundles())
          .extracting(Bundle::getSymbolicName)
          .contains("io.levin.core", "org.apache.felix.scr");
    }
  }

  @Test
  void severalRunInOneJvm() {
    try (Levin first = Levin.start();
        Levin second = Levin.start()) {
      assertThat(first.service(Supplier.class).orElseThrow())
          .isNotSameAs(second.service(Supplier.class).orElseThrow());
    }
  }

  @Test
  void withoutATrainerThereIsOneClearError() {
    try (Levin levin = Levin.start()) {
      assertThatThrownBy(levin::trainers)
          .isInstanceOf(LevinException.class)
          .hasMessage("No bundle registered a Trainer.");
    }
  }
}
