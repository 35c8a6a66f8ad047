package io.levin.logger.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.MisconfigurationException;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlLoggerTest {
  @TempDir private Path folder;

  private JsonNode report(Map<String, Object> hyperParameters, int steps) throws IOException {
    HtmlLogger logger = new HtmlLogger();
    logger.start(folder, hyperParameters);
    for (int step = 0; step < steps; step++) {
      double value = step == steps / 2 ? 1e6 : step == 3 ? Double.NaN : 1.0;
      logger.logMetrics(Map.of("train_loss", value), step);
    }
    logger.finish("success");
    String page = Files.readString(folder.resolve("report.html"));
    String data = page.substring(page.indexOf("const run = ") + 12);
    return new ObjectMapper().readTree(data.substring(0, data.indexOf(";\n")));
  }

  @Test
  void aLongRunIsThinnedAndKeepsItsPeaks() throws IOException {
    JsonNode points = report(Map.of(), 100_000).at("/series/train_loss");
    assertThat(points.size()).isLessThanOrEqualTo(4000);
    assertThat(points).anyMatch(point -> point.get(1).asDouble() == 1e6);
    assertThat(points.get(points.size() - 1).get(0).asLong()).isEqualTo(99_999);
  }

  @Test
  void textsCannotEndTheScript() throws IOException {
    JsonNode report = report(Map.of("name", "</script><script>alert(1)"), 5);
    assertThat(report.at("/hyperParameters/name").asText()).isEqualTo("</script><script>alert(1)");
    assertThat(Files.readString(folder.resolve("report.html"))).doesNotContain("<script>alert");
  }

  @Test
  void anUnknownLoggerIsCorrected() {
    Arguments arguments = Arguments.none().with(TrainerArguments.LOGGERS, List.of("tensorbord"));
    assertThatThrownBy(() -> BuiltinLoggers.of(arguments))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("csv, tensorboard, html")
        .satisfies(
            e ->
                assertThat(((MisconfigurationException) e).hint())
                    .isEqualTo("Did you mean 'tensorboard'?"));
  }
}
