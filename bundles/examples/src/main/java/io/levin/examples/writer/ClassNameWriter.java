package io.levin.examples.writer;

import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.examples.classify.Split;
import io.levin.examples.names.ClassName;
import io.levin.examples.names.JdkNames;
import io.levin.examples.options.Options;
import io.levin.job.Job;
import io.levin.job.JobOption;
import io.levin.trainer.FitResult;
import io.levin.trainer.Trainer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Learns what names of classes look like, and writes new ones. */
@Component(service = Job.class)
public final class ClassNameWriter implements Job {
  private static final int WRITTEN = 20;
  private static final JobOption TEMPERATURE =
      new JobOption("temperature", "X", "0.8", false, "how boldly names are written");
  private static final JobOption WRITING_SEED =
      new JobOption("writing-seed", "N", "1", false, "seed of the names written");

  @Override
  public String name() {
    return "class-name-writer";
  }

  @Override
  public String description() {
    return "a small transformer that learns to write class names; needs no data";
  }

  @Override
  public List<JobOption> options() {
    return List.of(Options.BATCH_SIZE, Options.LR, Options.HIDDEN, TEMPERATURE, WRITING_SEED);
  }

  @Override
  public Arguments defaults() {
    return Arguments.none().with(TrainerArguments.MAX_EPOCHS, 30);
  }

  @Override
  public Task prepare(Map<String, String> given) {
    Options options = new Options(given);
    if (options.hidden() % NameWriter.HEADS != 0) {
      throw LevinException.user(
          "--hidden %d cannot be shared by %d heads.".formatted(options.hidden(), NameWriter.HEADS),
          "Give a multiple of %d.".formatted(NameWriter.HEADS));
    }
    List<String> names = new ArrayList<>(JdkNames.all().stream().map(ClassName::name).toList());
    Collections.shuffle(names, new Random(0)); // or one name would tell how the next begins
    Alphabet alphabet = Alphabet.of(names);
    Split<String> split = Split.of(names, name -> name, "class names");
    WriterData data =
        new WriterData(
            new Windows(alphabet.numbers(split.train()), NameWriter.CONTEXT),
            new Windows(alphabet.numbers(split.heldOut()), NameWriter.CONTEXT),
            options.batchSize());
    NameWriter module =
        new NameWriter(alphabet.size(), options.hidden(), options.lr(), data.train().batches());
    Writing writing =
        new Writing(module, alphabet, options.positive(TEMPERATURE), options.whole(WRITING_SEED));
    return new WriterTask(module, data, writing, Set.copyOf(names));
  }

  private record WriterTask(NameWriter module, WriterData data, Writing writing, Set<String> known)
      implements Task {
    @Override
    public void report(Trainer trainer, FitResult result, PrintStream out) {
      out.printf("%nNames of classes that this JDK does not have:%n");
      writing.names(WRITTEN, known, trainer).forEach(name -> out.println("  " + name));
    }
  }
}
