package io.levin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.arguments.TrainerArguments;
import io.levin.cli.CommandLines.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevinCommandTest {
  @TempDir Path home;
  CommandLines levin;

  @BeforeEach
  void noConfiguration() {
    levin = new CommandLines(home);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "-h", "help"})
  void helpIsAnAnswer(String arguments) {
    Outcome help = arguments.isEmpty() ? levin.run() : levin.run(arguments);
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("levin COMMAND", "fit", "doctor");
  }

  @Test
  void helpOfFitShowsEveryArgumentAndEveryJob() {
    Outcome help = levin.run("fit", "--help");
    assertThat(help.code()).isZero();
    TrainerArguments.all()
        .forEach(argument -> assertThat(help.out()).contains("--" + argument.name()));
    assertThat(help.out()).contains("How a step is made:", "count", "weigh");
    assertThat(help.out()).doesNotContain("Of the job:");
  }

  @Test
  void helpOfAJobShowsItsOwnOptions() {
    assertThat(levin.run("fit", "count", "--help").out()).contains("Of the job:", "--size=N");
    assertThat(levin.run("fit", "weigh", "--help").out()).doesNotContain("--size=N");
  }

  @Test
  void helpOfACommandComesByEitherWay() {
    assertThat(levin.run("help", "plan")).isEqualTo(levin.run("plan", "--help"));
  }

  @Test
  void noJobIsAQuestion() {
    refuses("Which job?", "There are: count, weigh.", "fit");
  }

  @Test
  void anUnknownJobIsCorrected() {
    refuses("There is no job 'coutn'", "There are: count, weigh.", "fit", "coutn");
  }

  @Test
  void aJobNeedsItsRequiredOptions() {
    refuses("The job 'count' needs --data: where from.", "Give --data DIR.", "fit", "count");
  }

  @Test
  void aJobRefusesTheOptionsOfAnother() {
    refuses(
        "The job 'weigh' has no option --size.",
        "Its options: scale.",
        "fit",
        "weigh",
        "--size",
        "3");
  }

  @Test
  void aFlagWithoutItsValueIsNamed() {
    refuses("A value is missing: N of --max-epochs.", "--help", "fit", "count", "--max-epochs");
  }

  @Test
  void aFlagGivenTwiceIsNamed() {
    refuses("--seed is given twice.", "Keep one", "fit", "count", "--seed=1", "--seed=2");
  }

  @Test
  void aSecondWordIsUnexpected() {
    refuses("Unexpected word 'again'.", "--help", "fit", "count", "again");
  }

  @Test
  void aWordAfterASwitchIsNotItsValue() {
    Outcome outcome = levin.run("fit", "--deterministic", "count", "--print-config");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).containsPattern("deterministic: true +# --deterministic");
    assertThat(outcome.out()).containsPattern("max-epochs: 7 "); // count's own default
  }

  @Test
  void aWordAfterFastDevRunIsNotItsValue() {
    assertThat(levin.run("fit", "--fast-dev-run", "count", "--print-config").out())
        .containsPattern("fast-dev-run: 1 +# --fast-dev-run");
    assertThat(levin.run("fit", "--fast-dev-run", "3", "count", "--print-config").out())
        .containsPattern("fast-dev-run: 3 +# --fast-dev-run");
  }

  @Test
  void underscoresAreDashes() {
    assertThat(levin.run("fit", "--max_epochs=3", "--print-config").out())
        .containsPattern("max-epochs: 3 +# --max-epochs");
  }

  @Test
  void aNegativeNumberIsAValue() {
    assertThat(levin.run("fit", "--max-epochs", "-1", "--print-config").out())
        .containsPattern("max-epochs: -1 +# --max-epochs");
  }

  @Test
  void aFailureHasNoStackTraceUnlessAskedFor() {
    String[] arguments = {"fit", "count", "--data", "x"};
    assertThat(levin.run(arguments).err()).isEqualTo("levin: no Trainer here\n");
    assertThat(levin.run("fit", "count", "--data", "x", "--stacktrace").err()).contains("\tat ");
    assertThat(levin.run(arguments).code()).isEqualTo(1);
  }

  private void refuses(String message, String hint, String... arguments) {
    Outcome outcome = levin.run(arguments);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("levin: " + message).contains(hint);
  }
}
