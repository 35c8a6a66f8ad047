package io.levin.benchmarks.swap.inside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.trainer.Trainers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;

/** Five fits that save at every step, changes of their backends, and what came of the saves. */
final class Trial {
  private static final int FITS = 5;

  private final BundleContext context;
  private final Path home;
  private final Path folder;
  private final List<String> failures = new ArrayList<>();

  Trial(BundleContext context, Path home, Path folder) {
    this.context = context;
    this.home = home;
    this.folder = folder;
  }

  Map<String, Object> run(int count) {
    Trainers trainers = context.getService(context.getServiceReference(Trainers.class));
    List<SavingFit> fits = new ArrayList<>();
    for (int i = 0; i < FITS; i++) {
      fits.add(new SavingFit(trainers, folder.resolve("fit" + i), i));
    }
    fits.forEach(fit -> fit.awaitMore(3));
    Changes changes = new Changes(context, home, fits.stream().map(SavingFit::trainer).toList());
    long start = System.nanoTime();
    int made = change(changes, fits, count);
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("changes", made);
    found.put("ways", changes.counts());
    found.put("seconds", seconds);
    found.put("slowest drop, ms", changes.slowestDrop());
    Kept kept = new Kept(context, failures);
    for (SavingFit fit : fits) {
      List<Path> saved = fit.end();
      if (fit.failure() != null) {
        failures.add("a fit ended with " + fit.failure());
      }
      kept.check(saved);
    }
    found.put("saves", kept.count());
    found.put("by backend", kept.kinds());
    found.put("the watched fit", statistics(fits.get(0)));
    for (int i = 1; i < FITS; i++) {
      found.put("fit " + i, statistics(fits.get(i)));
    }
    found.put("failures", List.copyOf(failures));
    return found;
  }

  private int change(Changes changes, List<SavingFit> fits, int count) {
    int asked = count / 5;
    int made = 0;
    try {
      while (made < count && fits.stream().allMatch(fit -> fit.failure() == null)) {
        // Whoever asks for one by name keeps it: so these come last
        changes.make(made, made >= count - asked);
        fits.get(made % FITS).awaitMore(2);
        made++;
      }
    } catch (Exception e) {
      failures.add("change %d failed with %s".formatted(made, e));
    }
    return made;
  }

  private String statistics(SavingFit fit) {
    try {
      JsonNode summary =
          new ObjectMapper()
              .readTree(fit.trainer().runDirectory().resolve("summary.json").toFile());
      JsonNode backend = summary.get("checkpoint_backend");
      if (backend.get("given_up_waiting").asInt() > 0) {
        failures.add("a leaving backend was not waited for");
      }
      return backend.toString();
    } catch (IOException e) {
      failures.add("no summary: " + e);
      return "";
    }
  }
}
