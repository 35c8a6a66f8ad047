package io.levin.it.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;

/** Levin inside a plain application: its jars on the class path and one call. */
class EmbeddedIT {

  @Test
  void pluginsAreBundlesAndTheCoreIsTheApplications() throws InvalidSyntaxException {
    try (io.levin.launcher.Levin levin = io.levin.launcher.Levin.start()) {
      assertThat(levin.context().getBundles())
          .extracting(Bundle::getSymbolicName)
          .contains("io.levin.accelerator.cpu", "org.apache.felix.scr")
          .doesNotContain("io.levin.api", "io.levin.torch");
      assertThat(Arrays.stream(levin.context().getBundles()))
          .allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
      // The very class that this test sees, or the list would be empty
      assertThat(levin.context().getServiceReferences(Offer.class, null)).isNotEmpty();
    }
  }

  @Test
  void anApplicationAddsOffersOfItsOwn() {
    try (io.levin.launcher.Levin levin = io.levin.launcher.Levin.start().offer(new Own())) {
      assertThat(levin.context().getServiceReference(Offer.class)).isNotNull();
    }
  }

  /** An offer that is never concerned. */
  private static final class Own implements Offer<Object> {
    @Override
    public Family family() {
      return Family.PRECISION;
    }

    @Override
    public String name() {
      return "OwnPrecisionPlugin";
    }

    @Override
    public Answer answer(Request request) {
      return Answer.notConcerned("it is only a test");
    }

    @Override
    public Object create(Creation creation) {
      throw new IllegalStateException("never chosen");
    }
  }
}
