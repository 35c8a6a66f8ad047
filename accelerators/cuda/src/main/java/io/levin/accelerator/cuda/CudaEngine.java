package io.levin.accelerator.cuda;

import io.levin.accelerator.Availability;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Tells from names alone, without loading it, whether the libtorch of this installation has CUDA.
 */
final class CudaEngine {
  private CudaEngine() {}

  /**
   * @param environment {@code PYTORCH_FLAVOR} and {@code PYTORCH_LIBRARY_PATH} are DJL's own
   */
  static Availability availability(Map<String, String> environment) {
    String flavour = environment.get("PYTORCH_FLAVOR");
    if (flavour != null && flavour.startsWith("cu")) {
      return Availability.available(1, "PYTORCH_FLAVOR is " + flavour);
    }
    String library = environment.get("PYTORCH_LIBRARY_PATH");
    if (library != null) {
      return Files.exists(Path.of(library, "libtorch_cuda.so"))
          ? Availability.available(1, "libtorch_cuda.so lies in " + library)
          : Availability.unavailable(
              "PYTORCH_LIBRARY_PATH is %s, and no libtorch_cuda.so lies there".formatted(library));
    }
    return OnClassPath.CLASSIFIERS.stream()
        .filter(classifier -> classifier.startsWith("cu"))
        .findFirst()
        .map(classifier -> Availability.available(1, "libtorch is built for " + classifier))
        .orElse(Availability.unavailable("this installation's libtorch is built for the CPU"));
  }

  /** Looked for once: what lies on the class path does not change. */
  private static final class OnClassPath {
    static final List<String> CLASSIFIERS = classPath().toList();
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
