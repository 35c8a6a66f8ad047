package io.levin.it.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a {@link Slurm}, one for all classes; skips them where it is not installed. */
final class SlurmExtension implements BeforeAllCallback, ParameterResolver {
  private static final List<String> PROGRAMS = List.of("munged", "slurmctld", "slurmd", "srun");

  @Override
  public void beforeAll(ExtensionContext context) {
    for (String program : PROGRAMS) {
      Assumptions.assumeTrue(
          Stream.of("/usr/bin", "/usr/sbin")
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
          () -> "no " + program + " here: install slurm-wlm and munge");
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Slurm.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Slurm.class))
        .getOrComputeIfAbsent(Slurm.class, type -> start(), Slurm.class);
  }

  private static Slurm start() {
    try {
      // Sockets have short names: not under the folder of the build, which may be deep.
      return Slurm.start(Files.createTempDirectory("levin-slurm"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
