package io.levin.accelerator.cuda;

import io.levin.accelerator.Availability;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Tells from names alone, without loading it, whether the libtorch of this installation has CUDA.
 */
final class CudaEngine {
  private static final Availability FOUND = find();

  private CudaEngine() {}

  static Availability availability() {
    return FOUND;
  }

  private static Availability find() {
    String flavour = System.getenv("PYTORCH_FLAVOR");
    if (flavour != null && flavour.startsWith("cu")) {
      return Availability.available(1, "PYTORCH_FLAVOR is " + flavour);
    }
    String library = System.getenv("PYTORCH_LIBRARY_PATH");
    if (library != null && Files.exists(Path.of(library, "libtorch_cuda.so"))) {
      return Availability.available(1, "libtorch_cuda.so lies in " + library);
    }
    return classPath()
        .filter(classifier -> classifier.startsWith("cu"))
        .findFirst()
        .map(classifier -> Availability.available(1, "libtorch is built for " + classifier))
        .orElse(Availability.unavailable("this installation's libtorch is built for the CPU"));
  }

  /** The classifiers of the engine's native jars, such as {@code cpu-linux-x86_64}. */
  private static Stream<String> classPath() {
    try {
      return Collections.list(
              ClassLoader.getSystemClassLoader().getResources("native/lib/pytorch.properties"))
          .stream()
          .map(CudaEngine::classifier);
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static String classifier(URL resource) {
    Properties properties = new Properties();
    try (var in = resource.openStream()) {
      properties.load(in);
    } catch (IOException e) {
      return "";
    }
    return properties.getProperty("classifier", "");
  }
}
