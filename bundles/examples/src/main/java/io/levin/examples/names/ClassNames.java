package io.levin.examples.names;

import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.examples.classify.Classifier;
import io.levin.examples.classify.ClassifierData;
import io.levin.examples.classify.ClassifierTask;
import io.levin.examples.classify.HashedRows;
import io.levin.examples.classify.Samples;
import io.levin.examples.classify.Split;
import io.levin.examples.options.Options;
import io.levin.job.Job;
import io.levin.job.JobOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Learns in which of the JDK's large modules a class is, by its name alone. */
@Component(service = Job.class)
public final class ClassNames implements Job {
  private static final int WIDTH = 4096;

  @Override
  public String name() {
    return "class-names";
  }

  @Override
  public String description() {
    return "tells the module of a JDK class by its name; needs no data";
  }

  @Override
  public List<JobOption> options() {
    return List.of(Options.BATCH_SIZE, Options.LR, Options.HIDDEN);
  }

  @Override
  public Arguments defaults() {
    return Arguments.none().with(TrainerArguments.MAX_EPOCHS, 5);
  }

  @Override
  public Task prepare(Map<String, String> given) {
    Options options = new Options(given);
    List<ClassName> names = JdkNames.ofLargeModules();
    List<String> modules = names.stream().map(ClassName::module).distinct().sorted().toList();
    Split<ClassName> split = Split.of(names, ClassName::name, "class names");
    return new ClassifierTask(
        new Classifier(WIDTH, options.hidden(), modules.size(), options.lr()),
        new ClassifierData(
            samples(split.train(), modules),
            samples(split.heldOut(), modules),
            options.batchSize()),
        modules,
        "class names");
  }

  private static Samples samples(List<ClassName> names, List<String> modules) {
    long[] labels = names.stream().mapToLong(name -> modules.indexOf(name.module())).toArray();
    List<Set<String>> features = names.stream().map(name -> trigrams(name.name())).toList();
    return new Samples(
        new HashedRows(WIDTH, features, labels),
        names.stream().map(ClassName::name).toList(),
        labels);
  }

  /** All parts of three characters, with marks for the ends: {@code ^Li Lis ist st$}. */
  static Set<String> trigrams(String name) {
    String framed = "^" + name + "$";
    Set<String> trigrams = new HashSet<>();
    for (int i = 0; i + 3 <= framed.length(); i++) {
      trigrams.add(framed.substring(i, i + 3));
    }
    return trigrams;
  }
}
