package io.levin.examples.text;

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
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Learns to tell a user's own texts apart: each folder of them is a label. */
@Component(service = Job.class)
public final class TextJob implements Job {
  private static final int WIDTH = 8192;
  private static final JobOption LINES =
      new JobOption("lines", "N", "3", false, "lines of a file that make one piece");

  @Override
  public String name() {
    return "text";
  }

  @Override
  public String description() {
    return "tells pieces of your texts apart; --data DIR has a folder for each label";
  }

  @Override
  public List<JobOption> options() {
    return List.of(Options.DATA, LINES, Options.BATCH_SIZE, Options.LR, Options.HIDDEN);
  }

  @Override
  public Arguments defaults() {
    return Arguments.none().with(TrainerArguments.MAX_EPOCHS, 5);
  }

  @Override
  public Task prepare(Map<String, String> given) {
    Options options = new Options(given);
    Path folder = Path.of(options.text(Options.DATA));
    List<Piece> pieces = new TextFolder(folder, options.whole(LINES)).read();
    List<String> labels = pieces.stream().map(Piece::label).distinct().sorted().toList();
    Split<Piece> split = Split.of(pieces, Piece::text, "pieces of text");
    return new ClassifierTask(
        new Classifier(WIDTH, options.hidden(), labels.size(), options.lr()),
        new ClassifierData(
            samples(split.train(), labels), samples(split.heldOut(), labels), options.batchSize()),
        labels,
        "pieces of text");
  }

  private static Samples samples(List<Piece> pieces, List<String> labels) {
    long[] numbers = pieces.stream().mapToLong(piece -> labels.indexOf(piece.label())).toArray();
    List<Set<String>> features = pieces.stream().map(piece -> words(piece.text())).toList();
    return new Samples(
        new HashedRows(WIDTH, features, numbers),
        pieces.stream().map(Piece::text).toList(),
        numbers);
  }

  /** Words, and pairs of words that follow each other. */
  static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    String before = "";
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      words.add(word);
      words.add(before + " " + word);
      before = word;
    }
    return words;
  }
}
