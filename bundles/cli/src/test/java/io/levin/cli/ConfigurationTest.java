package io.levin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.cli.CommandLines.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  @TempDir Path folder;
  CommandLines levin;

  @BeforeEach
  void noConfiguration() {
    levin = new CommandLines(folder);
  }

  @Test
  void aLaterFileBeatsAnEarlierAndTheSiteIsTheWeakest() throws IOException {
    Files.createDirectories(folder.resolve("conf"));
    file("conf/levin.yaml", "seed: 1\nmax-epochs: 1\nmax-steps: 1\n");
    String first = file("first.yaml", "seed: 2\nmax-epochs: 2\n");
    String second = file("second.json", "{\"seed\": 3}");
    assertThat(printed("--config", first, "--config", second))
        .containsPattern("seed: 3 +# second.json")
        .containsPattern("max-epochs: 2 +# first.yaml")
        .containsPattern("max-steps: 1 +# levin.yaml");
  }

  @Test
  void nullUnsetsWhatAWeakerFileSet() throws IOException {
    String first = file("first.yaml", "seed: 2\n");
    String second = file("second.yaml", "seed:\n");
    assertThat(printed("--config", first, "--config", second))
        .containsPattern("seed: null +# default");
  }

  @Test
  void listsAreListsAndTextsToo() throws IOException {
    assertThat(printed("--config", file("a.yaml", "loggers: [csv]\ndevices: [0, 2]\n")))
        .contains("loggers: [\"csv\"]", "devices: [0, 2]");
    assertThat(printed("--config", file("b.yaml", "loggers: csv,html\n")))
        .contains("loggers: [\"csv\", \"html\"]");
  }

  @Test
  void aFileNamesTheJobAndGivesItsOptions() throws IOException {
    String file = file("run.yaml", "job: count\ncount: {size: 3, data: here}\n");
    assertThat(levin.run("fit", "--config", file).err()).contains("no Trainer here");
    assertThat(levin.run("fit", "--config", file("none.yaml", "job: count\n")).err())
        .contains("needs --data");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_epoch: 3                | Unknown key 'max_epoch' in run.yaml. | max-epochs",
        "seed: soon                  | Cannot read seed 'soon' (run.yaml)   | --seed N",
        "count: 3                    | 'count' in run.yaml is a job         | job: count",
        "count: {sice: 3}            | The job 'count' has no option 'sice' | size",
        "3                           | it holds no map of arguments         | max-epochs: 3",
        "'{seed: 1, seed: 2}'        | line 1: Duplicate field 'seed'       | Mend",
        "'{seed: '                   | line                                 | Mend",
      })
  void aBadFileIsExplained(String content, String message, String hint) throws IOException {
    Outcome outcome = levin.run("fit", "--print-config", "--config", file("run.yaml", content));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(message, hint).doesNotContain("\tat ");
  }

  @Test
  void aBadVariableIsExplained() {
    Outcome outcome = levin.with("LEVIN_SEED", "soon").run("fit", "--print-config");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Cannot read seed 'soon' (LEVIN_SEED)");
  }

  @Test
  void aFileThatIsAFolderIsExplained() {
    assertThat(levin.run("fit", "--print-config", "--config", folder.toString()))
        .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(2))
        .satisfies(outcome -> assertThat(outcome.err()).startsWith("levin: Cannot read '"));
  }

  private String printed(String... flags) {
    String[] arguments = new String[flags.length + 2];
    arguments[0] = "fit";
    arguments[1] = "--print-config";
    System.arraycopy(flags, 0, arguments, 2, flags.length);
    Outcome outcome = levin.run(arguments);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.out();
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
