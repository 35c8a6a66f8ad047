package io.levin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleException;

class ReasonsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "osgi.wiring.package; (&(osgi.wiring.package=a.b)(version>=1.0.0)(!(version>=2.0.0)))"
            + "| it needs the package a.b (from 1.0.0, before 2.0.0), which no bundle here exports.",
        "osgi.wiring.package; (osgi.wiring.package=a.b)"
            + "| it needs the package a.b, which no bundle here exports.",
        "osgi.service; (objectClass=a.B)"
            + "| it needs osgi.service (objectClass=a.B), which no bundle here provides.",
      })
  void aMissingRequirementIsSaidInWords(String requirement, String reason) {
    String message =
        "Unable to resolve x [12](R 12.0): missing requirement [x [12](R 12.0)] %s "
                .formatted(requirement)
            + "Unresolved requirements: [[x [12](R 12.0)] %s]".formatted(requirement);
    assertThat(Reasons.of(new BundleException(message))).isEqualTo(reason);
  }

  @Test
  void theRootOfAChainIsTheReason() {
    String message =
        "Unable to resolve x [12](R 12.0): missing requirement [x [12](R 12.0)]"
            + " osgi.wiring.package; (osgi.wiring.package=a) [caused by: Unable to resolve y"
            + " [13](R 13.0): missing requirement [y [13](R 13.0)] osgi.wiring.package;"
            + " (osgi.wiring.package=root)]";
    assertThat(Reasons.of(new BundleException(message))).contains("the package root,");
  }

  @Test
  void aNewerJavaIsNamed() {
    String message =
        "missing requirement [x [1](R 1.0)] osgi.ee; (&(osgi.ee=JavaSE)(version=99)) Unresolved";
    assertThat(Reasons.of(new BundleException(message))).startsWith("it needs Java 99; this is ");
  }

  @Test
  void aFailingActivatorIsNamed() {
    assertThat(
            Reasons.of(
                new BundleException(
                    "x", BundleException.ACTIVATOR_ERROR, new IllegalStateException("no disk"))))
        .isEqualTo("its activator failed with java.lang.IllegalStateException: no disk.");
  }
}
