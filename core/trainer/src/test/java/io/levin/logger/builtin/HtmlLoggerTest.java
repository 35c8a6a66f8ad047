package io.levin.logger.builtin;

import static io.levin.arguments.TrainerArguments.MAX_EPOCHS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.arguments.Arguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlLoggerTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");

  @TempDir Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
  private final HtmlLogger logger =
      new HtmlLogger(SamplePlan.of(Arguments.none().with(MAX_EPOCHS, 7)), now::get);

  private String page() throws IOException {
    return Files.readString(folder.resolve("report.html"));
  }

  private JsonNode data() throws IOException {
    Matcher data = DATA.matcher(page());
    assertThat(data.find()).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }

  @Test
  void aRunThatHasBegunHasAPageAlready() throws IOException {
    logger.start(folder, Map.of());
    assertThat(data().get("status").asText()).isEqualTo("running");
  }

  @Test
  void theEndHoldsCurvesMetricsPlanAndArguments() throws IOException {
    logger.start(folder, Map.of("hidden", 64));
    logger.logMetrics(Map.of("train_loss", 0.5, "epoch", 0.0), 50);
    logger.logMetrics(Map.of("train_loss", 0.25, "epoch", 1.0), 100);
    logger.logMetrics(Map.of("val_loss", 0.75), 100);
    now.set(now.get().plusSeconds(90));
    logger.finish("success");
    JsonNode data = data();
    assertThat(data.get("status").asText()).isEqualTo("success");
    assertThat(data.get("seconds").asDouble()).isEqualTo(90);
    assertThat(data.get("step").asInt()).isEqualTo(100);
    assertThat(data.get("epochs").asInt()).isEqualTo(2);
    assertThat(data.get("curves")).hasSize(2);
    JsonNode train = data.get("curves").get(0);
    assertThat(train.get("name").asText()).isEqualTo("train_loss");
    assertThat(train.get("chart").asText()).isEqualTo("loss");
    assertThat(train.get("steps").toString()).isEqualTo("[50,100]");
    assertThat(train.get("values").toString()).isEqualTo("[0.5,0.25]");
    assertThat(train.get("low").toString()).isEqualTo("{\"step\":100,\"value\":0.25}");
    assertThat(data.get("hyperParameters").toString()).isEqualTo("{\"hidden\":64}");
    assertThat(data.get("plan")).hasSize(5);
    assertThat(data.get("plan").get(0).get("name").asText()).isEqualTo("MyAccelerator");
    assertThat(data.get("arguments").get(0).get("name").asText()).isEqualTo("max-epochs");
  }

  @Test
  void noTextOfTheUserCanBecomeMarkup() throws IOException {
    String evil = "</script><script>alert('x')</script><!--&{{data}}";
    logger.start(folder, Map.of(evil, evil));
    logger.logMetrics(Map.of(evil, 1.0), 1);
    logger.finish("success");
    assertThat(page()).doesNotContain("<script>alert").doesNotContain("x')</script>");
    assertThat(data().get("curves").get(0).get("name").asText()).isEqualTo(evil);
    assertThat(data().get("hyperParameters").get(evil).asText()).isEqualTo(evil);
  }

  @Test
  void thePageNeedsNoNetworkAndHasNoPlaceholderLeft() throws IOException {
    logger.start(folder, Map.of());
    assertThat(page())
        .contains("default-src 'none'")
        .doesNotContain("{{")
        .doesNotContainPattern("(src|href)=[\"']?https?:");
  }

  @Test
  void onlyCheckpointsThatStillExistAreListed() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept.ckpt"), "12345");
    Path removed = Files.writeString(folder.resolve("removed.ckpt"), "");
    logger.start(folder, Map.of());
    logger.checkpointSaved(removed);
    logger.checkpointSaved(kept);
    logger.checkpointSaved(kept);
    Files.delete(removed);
    logger.finish("success");
    assertThat(data().get("checkpoints")).hasSize(1);
    assertThat(data().get("checkpoints").get(0).get("name").asText()).isEqualTo("kept.ckpt");
    assertThat(data().get("checkpoints").get(0).get("bytes").asInt()).isEqualTo(5);
  }

  @Test
  void aLossThatDivergedIsSaid() throws IOException {
    logger.start(folder, Map.of());
    logger.logMetrics(Map.of("loss", 1.0), 1);
    logger.logMetrics(Map.of("loss", Double.NaN), 2);
    logger.finish("failed");
    JsonNode loss = data().get("curves").get(0);
    assertThat(loss.get("last").asText()).isEqualTo("NaN");
    assertThat(loss.get("notFinite").asInt()).isEqualTo(1);
    assertThat(loss.get("firstNotFinite").asInt()).isEqualTo(2);
  }

  @Test
  void aTestAfterTheFitGoesOnInTheSamePage() throws IOException {
    logger.start(folder, Map.of());
    logger.logMetrics(Map.of("train_loss", 0.5), 10);
    logger.finish("success");
    logger.start(folder, Map.of());
    logger.logMetrics(Map.of("test_loss", 0.6), 10);
    logger.finish("success");
    assertThat(data().get("curves")).hasSize(2);
  }

  @Test
  void aLongRunMakesASmallPage() throws IOException {
    logger.start(folder, Map.of());
    for (int step = 0; step < 200_000; step++) {
      logger.logMetrics(Map.of("loss", 1.0 / (step + 1) + Math.sin(step)), step);
    }
    logger.finish("success");
    assertThat(Files.size(folder.resolve("report.html"))).isLessThan(100_000);
  }
}
