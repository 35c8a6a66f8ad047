package io.levin.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.core.planner.Planner;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanBatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Planner PLANNER = new Planner(OffersOnClassPath.find());
  private static final String GOOD =
      "{\"id\":\"r1\",\"hardware\":\"gpu=4\",\"environment\":{},\"hostname\":\"n1\",\"arguments\":"
          + "{\"accelerator\":\"gpu\",\"devices\":2,\"num_nodes\":1,\"precision\":\"16\","
          + "\"strategy\":\"ddp\",\"amp_backend\":\"native\",\"amp_level\":null,"
          + "\"sync_batchnorm\":false,\"plugins\":[]}}";

  @Test
  void answersARequestWithItsIdAndItsPlan() throws IOException {
    JsonNode answer = answers(GOOD).get(0);
    assertThat(answer.path("id").asText()).isEqualTo("r1");
    assertThat(answer.path("ok").asBoolean()).isTrue();
    JsonNode plan = answer.path("plan");
    assertThat(plan.path("accelerator").asText()).isEqualTo("GPUAccelerator");
    assertThat(plan.path("strategy").asText()).isEqualTo("DDPStrategy");
    assertThat(plan.path("precision_plugin").asText()).isEqualTo("NativeMixedPrecisionPlugin");
    assertThat(plan.path("precision").asText()).isEqualTo("16");
    assertThat(plan.path("scaler").asBoolean()).isTrue();
    assertThat(plan.path("cluster_environment").asText()).isEqualTo("LightningEnvironment");
    assertThat(plan.path("checkpoint_io").asText()).isEqualTo("TorchCheckpointIO");
    assertThat(plan.path("parallel_devices").asInt()).isEqualTo(2);
    assertThat(answer.path("decisions")).isNotEmpty();
  }

  @Test
  void aRefusalSaysWhatItIsAboutAndWhatToDo() throws IOException {
    JsonNode answer =
        answers("{\"id\":7,\"arguments\":{\"num_nodes\":0,\"amp_level\":\"O2\"}}").get(0);
    assertThat(answer.path("id").asInt()).isEqualTo(7);
    assertThat(answer.path("ok").asBoolean()).isFalse();
    assertThat(answer.path("conflicts").findValuesAsText("message")).hasSize(2);
    assertThat(answer.path("conflicts").get(0).path("about").get(0).asText())
        .isEqualTo("num_nodes");
    assertThat(answer.path("conflicts").get(1).path("about").get(0).asText())
        .isEqualTo("amp_level");
    assertThat(answer.path("conflicts").get(1).path("hint").asText())
        .contains("--amp-backend apex");
  }

  @Test
  void everythingThatCannotBeReadInALineIsNamedAtOnce() throws IOException {
    JsonNode answer =
        answers(
                "{\"id\":\"x\",\"hardwear\":1,\"hardware\":\"gpu=many\",\"environment\":[1],"
                    + "\"arguments\":{\"dvices\":2,\"devices\":{},\"amp_backend\":\"nativ\"}}")
            .get(0);
    List<String> about = new ArrayList<>();
    answer.path("conflicts").forEach(c -> about.add(c.path("about").get(0).asText()));
    assertThat(about)
        .contains("hardwear", "hardware", "environment", "dvices", "devices", "amp_backend");
  }

  @Test
  void aLineThatIsNoRequestIsAnsweredAndTheNextOneToo() throws IOException {
    List<JsonNode> answers = answers("[1]\n\n{\"id\":\"a\",\nnull\n{\"a\":1,\"a\":2}\n" + GOOD);
    assertThat(answers).hasSize(5);
    assertThat(answers.subList(0, 4)).noneMatch(answer -> answer.path("ok").asBoolean());
    assertThat(answers.get(0).path("conflicts").get(0).path("message").asText())
        .startsWith("Line 1 ");
    assertThat(answers.get(1).path("conflicts").get(0).path("message").asText())
        .startsWith("Line 3 ");
    assertThat(answers.get(4).path("ok").asBoolean()).isTrue();
  }

  @Test
  void countsWhatItRefuses() throws IOException {
    assertThat(
            PlanBatch.run(
                new StringReader(GOOD + "\n{\n" + GOOD), new StringWriter(), PLANNER, place()))
        .isEqualTo(1);
  }

  @Test
  void manglingALineNeverBreaksTheBatch() throws IOException {
    Random random = new Random(42);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder line = new StringBuilder(GOOD);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(line.length());
        switch (random.nextInt(3)) {
          case 0 -> line.deleteCharAt(at);
          case 1 -> line.insert(at, "{}[]\",:-0x٣é\\u".charAt(random.nextInt(14)));
          default -> line.setCharAt(at, (char) (32 + random.nextInt(95)));
        }
      }
      lines.append(line).append('\n');
    }
    for (JsonNode answer : answers(lines.toString())) {
      assertThat(answer.path("ok").isBoolean()).isTrue();
      answer
          .path("conflicts")
          .forEach(
              c -> assertThat(c.path("message").asText()).isNotBlank().doesNotContain("java."));
    }
  }

  private static List<JsonNode> answers(String lines) throws IOException {
    StringWriter out = new StringWriter();
    PlanBatch.run(new StringReader(lines), out, PLANNER, place());
    List<JsonNode> answers = new ArrayList<>();
    for (String line : out.toString().split("\n")) {
      answers.add(JSON.readTree(line));
    }
    return answers;
  }

  private static Surroundings place() {
    return Surroundings.of(Map.of(), "n1", Hardware.of(Map.of()));
  }
}
