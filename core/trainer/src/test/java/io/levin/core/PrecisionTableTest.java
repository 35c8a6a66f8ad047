package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import io.levin.data.loading.ArrayDataset;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.AdamW;
import io.levin.plan.Surroundings;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that says which block trains in which precision is what comes of running them all. */
class PrecisionTableTest {
  /** What oneDNN says of an operation that it does not have on a CPU. */
  private static final String NO_PRIMITIVE = "could not create a primitive descriptor";

  private static final Path PAGE = Path.of("../../docs/precision-table.md");
  private static final int STEPS = 4;

  /** Columns, and what gives them. */
  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("32", "--precision 32");
    COLUMNS.put("64", "--precision 64");
    COLUMNS.put("bf16", "--precision bf16");
    COLUMNS.put("16", "--plugins NativeMixedPrecisionPlugin:precision=16");
    COLUMNS.put("bf16-true", "--precision bf16-true");
    COLUMNS.put("16-true", "--precision 16-true");
    COLUMNS.put("Apex O1", "--plugins ApexMixedPrecisionPlugin:amp_level=O1");
    COLUMNS.put("Apex O2", "--plugins ApexMixedPrecisionPlugin:amp_level=O2");
    COLUMNS.put("Apex O3", "--plugins ApexMixedPrecisionPlugin:amp_level=O3");
    COLUMNS.put("DeepSpeed bf16", "--strategy deepspeed --precision bf16");
    COLUMNS.put("DeepSpeed 16", "--strategy deepspeed --precision 16");
    COLUMNS.put("fsdp bf16", "--strategy fsdp --precision bf16");
    COLUMNS.put("tpu bf16", "--accelerator tpu --emulate --precision bf16");
    COLUMNS.put("hpu bf16", "--accelerator hpu --emulate --precision bf16");
    COLUMNS.put("ipu 16", "--accelerator ipu --emulate --precision 16");
  }

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  /** A row's network with its loss; labels follow the network's own outputs. */
  private static final class Module extends LevinModule {
    private final TableRow row;
    final List<Double> losses = new ArrayList<>();

    Module(TableRow row) {
      super(row.network().get(), row.input());
      this.row = row;
    }

    @Override
    public Optimizers configureOptimizers() {
      return Optimizers.of(new AdamW(parameters(), 0.01));
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      NDArray output = forward(batch.head().reshape(row.input()));
      NDList outputs = new NDList(output);
      if (row.name().startsWith("TabNet")) {
        outputs.add(output.getManager().zeros(output.getShape(), output.getDataType()).sum());
      }
      NDArray loss = row.loss().get().evaluate(new NDList(row.labels().of(output)), outputs);
      losses.add(Scalars.read(loss));
      return loss;
    }

    @Override
    public void validationStep(NDList batch, int batchIndex) {
      forward(batch.head().reshape(row.input()));
    }
  }

  private static DataModule data(TableRow row) {
    Random random = new Random(7);
    int batch = (int) row.input().get(0);
    float[][] rows = new float[batch * STEPS][(int) (row.input().size() / batch)];
    for (float[] line : rows) {
      for (int i = 0; i < line.length; i++) {
        line[i] = (float) random.nextGaussian();
      }
    }
    ArrayDataset dataset = ArrayDataset.classes(rows, new long[rows.length]);
    return new DataModule() {
      @Override
      public Loader train() {
        return Loader.of(dataset, batch);
      }

      @Override
      public List<Loader> validation() {
        return List.of(Loader.of(dataset, batch));
      }
    };
  }

  private List<Double> losses(TableRow row, String line) {
    Arguments arguments =
        CommandLine.over(
            Arguments.none()
                .with(MAX_EPOCHS, 1)
                .with(DEFAULT_ROOT_DIR, folder.toString())
                .with(ENABLE_PROGRESS_BAR, false)
                .with(ENABLE_CHECKPOINTING, false)
                .with(LOGGERS, List.of())
                .with(SEED, 4L)
                .with(THREADS, 1),
            line);
    Module module = new Module(row);
    try (Trainer trainer =
        TestOffers.everything().create(arguments, Surroundings.here(), List.of())) {
      trainer.fit(module, data(row));
    }
    return module.losses;
  }

  private String cell(TableRow row, String column, List<Double> expected) {
    try {
      List<Double> losses = losses(row, COLUMNS.get(column));
      if (column.equals("32")) {
        expected.addAll(losses);
      }
      assertThat(losses).as(row.name() + " in " + column).hasSize(STEPS).allMatch(Double::isFinite);
      double difference = Math.abs(losses.get(0) - expected.get(0));
      assertThat(difference)
          .as("%s in %s: %s instead of %s", row.name(), column, losses, expected)
          .isLessThan(0.02 + 0.05 * Math.abs(expected.get(0)));
      return "yes";
    } catch (LevinException e) {
      String message = e.getMessage().replaceAll("\\s+", " ");
      if (message.contains(NO_PRIMITIVE) && !hasAvx512()) {
        return "yes"; // as on other CPUs; the page says so
      }
      String note = sizes(message.replaceFirst(".* int64: ", ""));
      if (!notes.contains(note)) {
        notes.add(note);
      }
      return "no (%d)".formatted(notes.indexOf(note) + 1);
    }
  }

  /** Which sizes do not match depends on the operations that the CPU has. */
  private static String sizes(String message) {
    return message.replaceAll("\\(\\d+\\)", "(…)").replaceAll("dimension \\d+", "dimension …");
  }

  private static boolean hasAvx512() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo")).contains(" avx512bw ");
    } catch (IOException e) {
      return false;
    }
  }

  private String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # What trains in which precision

            Written by running it (`PrecisionTableTest`): every line's network makes four steps with AdamW and validates, on the CPU, in every
            precision. *yes*: the first loss is within 5 % of that in 32 bits, and all are finite. *no*: the run ends with a message that
            says why, noted below the table. Columns of a device are that device's plugin with `--emulate`.

            An LSTM with bf16 needs a CPU with AVX-512: others have no such operation in oneDNN, and the run ends with a message of it.
            There, bf16-true trains it.

            """);
    page.append("| | | ").append(String.join(" | ", COLUMNS.keySet())).append(" |\n");
    page.append("|---".repeat(COLUMNS.size() + 2)).append("|\n");
    for (TableRow row : TableRow.all()) {
      List<Double> expected = new ArrayList<>(); // filled by the first column
      page.append("| %s | %s | ".formatted(row.kind(), row.name()))
          .append(
              COLUMNS.keySet().stream()
                  .map(column -> cell(row, column, expected))
                  .collect(Collectors.joining(" | ")))
          .append(" |\n");
    }
    for (int i = 0; i < notes.size(); i++) {
      page.append("\n(%d) %s".formatted(i + 1, notes.get(i)));
    }
    page.append("\n\nColumns: ")
        .append(
            COLUMNS.entrySet().stream()
                .map(column -> "%s is `%s`".formatted(column.getKey(), column.getValue()))
                .collect(Collectors.joining("; ")))
        .append(".\n");
    return page.toString();
  }

  @Test
  void thePageSaysWhatComesOfRunningThem() throws IOException {
    String page = page();
    if (Boolean.getBoolean("levin.update.docs")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page)
        .as("rewrite it with -Dlevin.update.docs=true")
        .isEqualTo(Files.readString(PAGE));
  }
}
