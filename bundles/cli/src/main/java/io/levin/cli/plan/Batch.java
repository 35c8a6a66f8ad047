package io.levin.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.levin.plan.Conflict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers a file of requests, one JSON object a line, with one JSON object a line. */
public final class Batch {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private Batch() {}

  /**
   * Answers every line that is not blank; a line that cannot be read is answered with what is
   * wrong.
   *
   * @param answer gives the answer to a request, without its id
   * @return how many answers were not {@code ok}
   */
  public static int run(
      Reader requests, Writer answers, Function<Map<String, Object>, Map<String, Object>> answer)
      throws IOException {
    BufferedReader lines = new BufferedReader(requests);
    int refused = 0;
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      Map<String, Object> result = answer(line, number, answer);
      refused += Boolean.TRUE.equals(result.get("ok")) ? 0 : 1;
      answers.write(JSON.writeValueAsString(result));
      answers.write('\n');
    }
    answers.flush();
    return refused;
  }

  private static Map<String, Object> answer(
      String line, int number, Function<Map<String, Object>, Map<String, Object>> answer) {
    Map<String, Object> request;
    try {
      request = JSON.readValue(line, OBJECT);
    } catch (JsonProcessingException e) {
      return withId(
          null,
          unreadable(
              number,
              e instanceof MismatchedInputException
                  ? "it must begin with { and end with }"
                  : e.getOriginalMessage()));
    }
    return request == null
        ? withId(null, unreadable(number, "it is null"))
        : withId(request.get("id"), answer.apply(request));
  }

  private static Map<String, Object> unreadable(int number, String why) {
    String message = "Line %d is no JSON object: %s.".formatted(number, why.strip());
    return PlanJson.refusal(
        List.of(
            new Conflict(
                List.of("line"), message, "Write one request a line: {\"id\":\"r1\", …}.")));
  }

  private static Map<String, Object> withId(Object id, Map<String, Object> answer) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("id", id);
    result.putAll(answer);
    return result;
  }
}
