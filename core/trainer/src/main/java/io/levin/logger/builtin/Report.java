package io.levin.logger.builtin;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The page {@code report.html}: a template with its style and script, and the data they show. */
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "{{data}}";

  private final String before;
  private final String after;

  Report() {
    String page =
        resource("report.html")
            .replace("{{style}}", resource("report.css"))
            .replace("{{script}}", resource("chart.js") + resource("report.js"));
    int place = page.indexOf(DATA);
    before = page.substring(0, place);
    after = page.substring(place + DATA.length());
  }

  private static String resource(String name) {
    try (InputStream in = Report.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("This bundle cannot be read: " + name + ".", e);
    }
  }

  void write(Path file, Map<String, Object> data) throws IOException {
    String page = before + escape(JSON.writeValueAsString(data)) + after;
    LogFiles.replace(file, partial -> Files.writeString(partial, page));
  }

  /** No text can end the script element that holds the data; in JSON these stand in texts only. */
  private static String escape(String json) {
    return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
  }
}
