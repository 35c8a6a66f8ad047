package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.plan.Hardware;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import io.levin.torch.LazyDevice;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes, and checks, the table of {@code docs/accelerators.md}: every cell is planned and run. */
class AcceleratorTableTest {
  private static final Path PAGE = Path.of("../../docs/accelerators.md");
  private static final String BEGIN = "<!-- the table, made by AcceleratorTableTest -->\n";
  private static final String END = "<!-- end of the table -->";
  private static final List<String> PRECISIONS =
      List.of("32", "64", "16", "bf16", "16-true", "bf16-true");

  /** One line of the table; described machines are planned for, and then asked to run. */
  private record Line(String accelerator, String strategy, String arguments, Hardware hardware) {
    static Line here(String accelerator, String strategy, String arguments) {
      return new Line(accelerator, strategy, arguments, Hardware.here());
    }
  }

  private static final List<Line> LINES =
      List.of(
          Line.here("cpu", "single_device", "--accelerator cpu"),
          Line.here("cpu", "ddp", "--accelerator cpu --strategy ddp"),
          Line.here("cpu", "ddp_sharded", "--accelerator cpu --strategy ddp_sharded"),
          Line.here("cpu", "fsdp", "--accelerator cpu --strategy fsdp"),
          Line.here("cpu", "deepspeed", "--accelerator cpu --strategy deepspeed"),
          Line.here("lazy", "single_lazy", "--accelerator lazy"),
          Line.here("lazy", "ddp", "--accelerator lazy --strategy ddp"),
          Line.here("tpu", "single_tpu", "--accelerator tpu --emulate"),
          Line.here("tpu", "ddp", "--accelerator tpu --emulate --strategy ddp"),
          Line.here("hpu", "single_hpu", "--accelerator hpu --emulate"),
          Line.here("hpu", "ddp", "--accelerator hpu --emulate --strategy ddp"),
          Line.here("ipu", "ipu_strategy", "--accelerator ipu --emulate"),
          Line.here("ipu", "ddp", "--accelerator ipu --emulate --strategy ddp"),
          new Line("gpu", "single_device", "--accelerator gpu", Hardware.of(Map.of("gpu", 1))),
          new Line("gpu", "ddp", "--accelerator gpu --strategy ddp", Hardware.of(Map.of("gpu", 1))),
          new Line(
              "tpu, not emulated",
              "single_tpu",
              "--accelerator tpu --devices 1",
              Hardware.of(Map.of("tpu", 8))),
          new Line(
              "hpu, not emulated",
              "single_hpu",
              "--accelerator hpu",
              Hardware.of(Map.of("hpu", 1))),
          new Line(
              "ipu, not emulated",
              "ipu_strategy",
              "--accelerator ipu",
              Hardware.of(Map.of("ipu", 1))));

  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();

  private String cell(Line line, String precision) {
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
            line.arguments + " --precision " + precision);
    Surroundings place = Surroundings.of(Map.of(), "n1", line.hardware);
    StandardTrainers trainers = TestOffers.everything();
    PlanReport report = trainers.plan(arguments, place);
    if (!report.ok()) {
      return "no (%d)".formatted(note(report.conflicts().get(0).message()));
    }
    String as = report.plan().orElseThrow().precision();
    String said = as.equals(precision) ? "" : " as " + as;
    try (Trainer trainer = trainers.create(arguments, place, List.of())) {
      trainer.fit(new EmulatedTPUs.Model(), EmulatedTPUs.data(EmulatedTPUs.BATCH));
      return (trainer.plan().emulated() ? "emulated" : "runs") + said;
    } catch (LevinException e) {
      return "planned%s (%d)".formatted(said, note(e.getMessage().lines().findFirst().orElse("")));
    }
  }

  private int note(String text) {
    if (!notes.contains(text)) {
      notes.add(text);
    }
    return notes.indexOf(text) + 1;
  }

  private String table() {
    StringBuilder table = new StringBuilder("| accelerator | strategy | ");
    table.append(String.join(" | ", PRECISIONS)).append(" |\n");
    table.append("|---".repeat(PRECISIONS.size() + 2)).append("|\n");
    for (Line line : LINES) {
      table.append("| %s | %s |".formatted(line.accelerator, line.strategy));
      PRECISIONS.forEach(precision -> table.append(' ').append(cell(line, precision)).append(" |"));
      table.append('\n');
    }
    for (int i = 0; i < notes.size(); i++) {
      table.append("\n(%d) %s<br>".formatted(i + 1, notes.get(i)));
    }
    return table.append('\n').toString();
  }

  @Test
  void everyCellSaysWhatComesOfRunningIt() throws IOException {
    assumeTrue(LazyDevice.foreseen().isEmpty(), LazyDevice.foreseen());
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    String table = table();
    if (Boolean.getBoolean("levin.update.docs")) {
      page = page.substring(0, begin) + table + page.substring(end);
      Files.writeString(PAGE, page);
      end = page.indexOf(END);
    }
    assertThat(table)
        .as("rewrite it with -Dlevin.update.docs=true")
        .isEqualTo(page.substring(begin, end));
  }
}
