package io.levin.testkit.cluster;

import static io.levin.testkit.LevinAssertions.assertThat;
import static io.levin.testkit.LevinAssertions.assertThatCode;
import static io.levin.testkit.LevinAssertions.fail;

import io.levin.cluster.AssignsRanks;
import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.cluster.ClusterException;
import io.levin.cluster.Detection;
import io.levin.cluster.Problem;
import io.levin.cluster.ScheduledJob;
import io.levin.plan.Answer;
import io.levin.plan.Hardware;
import io.levin.plan.Settings;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import io.levin.testkit.plan.OfferChecks;
import io.levin.testkit.plan.Quiet;
import io.levin.testkit.plan.Sentences;
import io.levin.testkit.plan.TestRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link ClusterEnvironment} and its offer keep to. */
public abstract class ClusterEnvironmentContract {
  private static final Place SECOND_OF_FOUR = new Place(2, 2, 0, 1);

  protected abstract ClusterEnvironmentOffer offer();

  /** What one process of a job finds around it, as the launcher writes it. */
  protected abstract Surroundings process(Place place);

  /** Whether such a job is taken without being named; some launchers leave some to others. */
  protected boolean detects(Place place) {
    return true;
  }

  private ClusterEnvironment environment(Place place) {
    return environment(process(place), place);
  }

  private ClusterEnvironment environment(Surroundings surroundings, Place place) {
    ClusterEnvironment environment = offer().environment(surroundings, Map.of());
    if (environment instanceof AssignsRanks assigned) {
      assigned.assignRanks(place.globalRank(), place.size());
    }
    return environment;
  }

  @BeforeEach
  void theTestIsNamedForWhatItIs(TestInfo test) {
    assertThat(test.getTestClass().orElseThrow().getSimpleName()).endsWith("ContractTest");
  }

  @TestFactory
  Stream<DynamicTest> keepsToWhatOffersKeepTo() {
    return OfferChecks.of(offer());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,2", "1,8", "2,1", "2,2", "3,4", "12,1"})
  void everyProcessKnowsItsPlace(int nodes, int perNode) {
    Set<String> meetings = new HashSet<>();
    for (Place place : Place.all(nodes, perNode)) {
      ClusterEnvironment environment = environment(place);
      assertThat(environment.problems()).as(place.toString()).isEmpty();
      assertThat(environment.worldSize()).as(place.toString()).isEqualTo(place.size());
      assertThat(environment.globalRank()).as(place.toString()).isEqualTo(place.globalRank());
      assertThat(environment.localRank()).as(place.toString()).isEqualTo(place.localRank());
      assertThat(environment.nodeRank()).as(place.toString()).isEqualTo(place.nodeRank());
      assertThat(environment.mainAddress()).isNotBlank().doesNotContain(" ");
      assertThat(environment.mainPort()).isBetween(1, 65_535);
      assertThat(environment.validateSettings(perNode, nodes)).as(place.toString()).isEmpty();
      if (environment.createsProcessesExternally()) {
        meetings.add(environment.mainAddress() + " " + environment.mainPort());
      }
    }
    assertThat(meetings).as("where the processes of one job meet").hasSizeLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,2", "2,2", "12,1"})
  void everyProcessIsDetectedAndTaken(int nodes, int perNode) {
    for (Place place : Place.all(nodes, perNode)) {
      Surroundings surroundings = process(place);
      boolean isExpected = detects(place);
      Detection detection = offer().detect(surroundings);
      assertThat(detection.found()).as("%s: %s", place, detection.why()).isEqualTo(isExpected);
      Answer answer = offer().answer(TestRequest.empty().device("cpu", perNode).in(surroundings));
      if (isExpected) {
        assertThat(answer)
            .fits()
            .withoutObjections()
            .sets(
                Settings.EXTERNAL,
                offer().environment(surroundings, Map.of()).createsProcessesExternally());
      }
    }
  }

  @Test
  void answersDoNotChange() {
    ClusterEnvironment environment = environment(SECOND_OF_FOUR);
    String first = answers(environment);
    assertThat(answers(environment)).isEqualTo(first);
    environment.teardown();
    assertThatCode(environment::teardown).doesNotThrowAnyException();
    assertThat(first).doesNotContain("ClusterException");
  }

  /** Whether this process was started by the launcher is plain from what is there. */
  @Test
  void whereItsLauncherIsNotItIsNotDetected() {
    Surroundings nowhere = Surroundings.of(Map.of(), "laptop", Hardware.here());
    Detection detection = offer().detect(nowhere);
    if (offer().specificity() > Specificity.FALLBACK) {
      assertThat(detection.found()).isFalse();
      assertThat(detection.why()).as("what is missing").isNotBlank();
      assertThat(offer().answer(TestRequest.empty().in(nowhere))).isNotConcerned();
    }
    Answer named = offer().answer(TestRequest.empty().in(nowhere).naming(offer(), Map.of()));
    Sentences.check(named);
    if (!offer().environment(nowhere, Map.of()).problems().isEmpty()) {
      assertThat(named).fits().objects();
    }
  }

  @Test
  void detectingLeavesNoTrace() {
    Surroundings place = process(SECOND_OF_FOUR);
    Surroundings guarded =
        new Surroundings(
            place.environment(),
            place.hostname(),
            place.hardware(),
            path -> fail("Detecting read the file '%s'.".formatted(path)));
    Properties before = (Properties) System.getProperties().clone();
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    Quiet quiet = Quiet.listen();
    try {
      for (int i = 0; i < 3; i++) {
        offer().detect(guarded);
        offer().detect(Surroundings.of(Map.of(), "", Hardware.here()));
      }
    } finally {
      quiet.close();
    }
    assertThat(quiet.heard()).as("what it printed").isEmpty();
    assertThat(System.getProperties()).isEqualTo(before);
    assertThat(Thread.getAllStackTraces().keySet().stream().filter(t -> !t.isDaemon()))
        .allMatch(threads::contains);
  }

  /** Each variable missing, in turn: the rest is answered, and what is lacking named. */
  @Test
  void aMissingVariableIsAProblemNotAFailure() {
    for (String name : process(SECOND_OF_FOUR).environment().keySet()) {
      Map<String, String> environment = new HashMap<>(process(SECOND_OF_FOUR).environment());
      environment.remove(name);
      isAnsweredOrAProblem("without " + name, environment);
    }
    isAnsweredOrAProblem("with nothing set", Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "-1",
        "1.5",
        "0x1",
        " 1",
        "99999999999",
        "node[01-",
        "\u0007\n",
        "ü"
      })
  void aMalformedVariableIsAProblemNotAFailure(String value) {
    for (String name : process(SECOND_OF_FOUR).environment().keySet()) {
      Map<String, String> environment = new HashMap<>(process(SECOND_OF_FOUR).environment());
      environment.put(name, value);
      isAnsweredOrAProblem("%s='%s'".formatted(name, value), environment);
      environment.put(name, value.repeat(5000));
      isAnsweredOrAProblem(name + " is very long", environment);
    }
  }

  private void isAnsweredOrAProblem(String what, Map<String, String> variables) {
    Surroundings like = process(SECOND_OF_FOUR);
    Surroundings changed =
        new Surroundings(variables, like.hostname(), like.hardware(), like.files());
    ClusterEnvironment environment = environment(changed, SECOND_OF_FOUR);
    List<Problem> problems = environment.problems();
    for (Problem problem : problems) {
      assertThat(problem.variable()).as(what).isNotBlank();
      Sentences.sentence(problem.message());
      Sentences.sentence(problem.hint());
    }
    assertThatCode(environment::createsProcessesExternally).doesNotThrowAnyException();
    assertThat(problems.isEmpty() && answers(environment).contains("ClusterException"))
        .as("%s: no problem is told, yet %s", what, answers(environment))
        .isFalse();
    Sentences.check(
        offer().answer(TestRequest.empty().device("cpu", 2).in(changed).naming(offer(), Map.of())));
    offer().answer(TestRequest.empty().device("cpu", 2).in(changed));
  }

  /** Every question's answer, or that it is a problem; anything else fails. */
  private static String answers(ClusterEnvironment environment) {
    List<ToIntFunction<ClusterEnvironment>> questions =
        List.of(
            ClusterEnvironment::worldSize,
            ClusterEnvironment::globalRank,
            ClusterEnvironment::localRank,
            ClusterEnvironment::nodeRank,
            ClusterEnvironment::mainPort,
            e -> e.mainAddress().hashCode());
    List<String> answers = new ArrayList<>();
    for (ToIntFunction<ClusterEnvironment> question : questions) {
      try {
        answers.add("" + question.applyAsInt(environment));
      } catch (ClusterException e) {
        answers.add("ClusterException " + e.getMessage());
      }
    }
    return answers.toString();
  }

  @Test
  void aWrongNumberOfProcessesIsToldBeforeTheRun() {
    ClusterEnvironment environment = environment(SECOND_OF_FOUR);
    if (!environment.createsProcessesExternally() || environment instanceof AssignsRanks) {
      return; // then the launcher has no say in the number
    }
    for (int[] wrong : new int[][] {{3, 2}, {2, 3}, {1, 1}}) {
      List<Problem> problems = environment.validateSettings(wrong[0], wrong[1]);
      assertThat(problems).as("%d devices on %d nodes", wrong[0], wrong[1]).isNotEmpty();
      for (Problem problem : problems) {
        Sentences.sentence(problem.message());
        Sentences.sentence(problem.hint());
      }
    }
    environment.warnings(3, 2).forEach(Sentences::sentence);
  }

  @Test
  void aScheduledJobAnswersWithoutFailing() {
    if (environment(SECOND_OF_FOUR) instanceof ScheduledJob job) {
      assertThat(job.restartCount()).isNotNegative();
      assertThat(job.jobId().filter(String::isBlank)).isEmpty();
      assertThat(job.jobName().filter(String::isBlank)).isEmpty();
      job.requeue()
          .ifPresent(
              requeue -> {
                assertThat(requeue.signal()).startsWith("SIG");
                assertThat(requeue.command()).isNotEmpty();
              });
    }
    Surroundings nothing = Surroundings.of(Map.of(), "laptop", Hardware.here());
    if (offer().environment(nothing, Map.of()) instanceof ScheduledJob job) {
      assertThat(job.jobId()).isEmpty();
      assertThat(job.requeue()).isEmpty();
    }
  }
}
