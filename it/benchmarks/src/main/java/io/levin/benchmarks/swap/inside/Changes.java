package io.levin.benchmarks.swap.inside;

import io.levin.arguments.PluginReference;
import io.levin.benchmarks.swap.Jars;
import io.levin.launcher.PluginFolder;
import io.levin.plan.Offer;
import io.levin.trainer.Trainer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.FrameworkWiring;

/** Every way in which the backends of running fits change. */
final class Changes {
  private static final String NAME = "org.example.sums";
  private static final List<String> ASKED =
      List.of(
          "SafetensorsCheckpointIO",
          "AsyncCheckpointIO:inner=TorchCheckpointIO",
          "TorchCheckpointIO",
          "AsyncCheckpointIO:inner=SafetensorsCheckpointIO;pending=2",
          "SumsCheckpointIO");

  private final BundleContext context;
  private final Path home;
  private final List<Trainer> trainers;
  private final Map<String, Integer> counts = new TreeMap<>();
  private Bundle mine;
  private int version;
  private long slowestDrop;
  private int asked;

  Changes(BundleContext context, Path home, List<Trainer> trainers) {
    this.context = context;
    this.home = home;
    this.trainers = trainers;
  }

  /** One change of the many; {@code isAsked} for those that fits are asked to make. */
  void make(int index, boolean isAsked) throws Exception {
    String way = isAsked ? ask() : way(index);
    counts.merge(way, 1, Integer::sum);
  }

  private String way(int index) throws Exception {
    return switch (index % 9) {
      case 0 -> arrive();
      case 1 -> update();
      case 2 -> refresh();
      case 3 -> stopAndStart();
      case 4 -> gap();
      case 5 -> configure(500);
      case 6 -> configure(null);
      case 7 -> remove();
      default -> drop(index);
    };
  }

  private String arrive() throws BundleException {
    version++;
    mine = context.installBundle("levin:mine" + version, next());
    mine.start();
    return "a better one arrives";
  }

  private ByteArrayInputStream next() {
    return new ByteArrayInputStream(Jars.backend(NAME, "1.0." + version, 10 + version % 2));
  }

  private String update() throws BundleException {
    version++;
    mine.stop();
    mine.update(next());
    mine.start();
    return "the used one is updated";
  }

  private String refresh() throws Exception {
    mine.stop();
    CountDownLatch done = new CountDownLatch(1);
    context
        .getBundle(0)
        .adapt(FrameworkWiring.class)
        .refreshBundles(List.of(mine), event -> done.countDown());
    done.await();
    mine.start();
    return "the used one is refreshed";
  }

  private String stopAndStart() throws BundleException {
    mine.stop();
    Pause.millis(2);
    mine.start();
    return "the used one is stopped";
  }

  private String remove() throws BundleException {
    mine.uninstall();
    return "the used one is removed";
  }

  private String gap() throws BundleException {
    List<Bundle> all =
        Arrays.stream(context.getBundles())
            .filter(
                bundle ->
                    bundle.getSymbolicName().startsWith("io.levin.checkpoint.") || bundle == mine)
            .toList();
    for (Bundle bundle : all) {
      bundle.stop();
    }
    Pause.millis(20);
    for (Bundle bundle : all) {
      bundle.start();
    }
    return "none is left for a while";
  }

  /** By a file that the settings are read from. */
  private String configure(Integer ranking) throws IOException {
    Path file = home.resolve("conf/plugins/SafetensorsCheckpointIO.yaml");
    if (ranking == null) {
      Files.delete(file);
    } else {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "service.ranking: %d%n".formatted(ranking));
    }
    Pause.until(() -> isRanked(ranking == null ? -100 : ranking), "the ranking is taken");
    return "configuration ranks another higher";
  }

  private boolean isRanked(int ranking) {
    try {
      return context
          .getServiceReferences(Offer.class, "(service.ranking=%d)".formatted(ranking))
          .stream()
          .anyMatch(reference -> context.getService(reference).name().startsWith("Safetensors"));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By the folder of plugins: in, and out again. */
  private String drop(int index) throws IOException {
    Path jar = home.resolve("plugins/dropped%d.jar".formatted(index));
    Path aside = home.resolve("dropped.part");
    Files.write(aside, Jars.backend("org.example.dropped", "1.0.0", 50));
    Files.move(aside, jar);
    slowestDrop = Math.max(slowestDrop, Pause.until(() -> isIn(jar), "the dropped jar is in"));
    Pause.millis(5);
    Files.delete(jar);
    Pause.until(() -> !isIn(jar), "the deleted jar is out");
    return "dropped into the folder and deleted";
  }

  private boolean isIn(Path jar) {
    PluginFolder folder = context.getService(context.getServiceReference(PluginFolder.class));
    return folder.plugins().stream()
        .anyMatch(plugin -> plugin.jar().equals(jar) && plugin.trouble().isEmpty());
  }

  private String ask() throws BundleException {
    if (asked == 0) {
      arrive(); // so that it can be asked for
    }
    String plugin = ASKED.get(asked++ % ASKED.size());
    trainers.forEach(trainer -> trainer.swapCheckpointIO(PluginReference.parse(plugin)));
    return "asked for by name";
  }

  /** How many changes of each kind there were. */
  Map<String, Integer> counts() {
    return counts;
  }

  /** From the jar being there to its bundle being in, in milliseconds, at worst. */
  long slowestDrop() {
    return slowestDrop / 1_000_000;
  }
}
