package io.levin.torch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * No operation of DJL on a 16-bit array ends the process: it works as in 32 bits, or an exception
 * says why not. They run in processes of their own; one that ends is followed by another, which
 * goes on after the operation that ended it.
 */
class EveryOperationTest {
  private static final Path PAGE = Path.of("../../docs/operations-in-16-bits.md");
  private static final String ENDED = "ends the process";

  private static List<String> outcomes(String type) throws IOException, InterruptedException {
    List<String> outcomes = new ArrayList<>();
    int count = Operations.all().size();
    while (outcomes.size() < count) {
      run(type, outcomes);
      if (outcomes.size() < count) {
        outcomes.add(ENDED);
      }
    }
    return outcomes;
  }

  private static void run(String type, List<String> outcomes)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dai.djl.offline=true",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Operations.class.getName(),
            type,
            Integer.toString(outcomes.size()));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      lines
          .lines()
          .filter(line -> line.startsWith("end "))
          .forEach(line -> outcomes.add(line.split(" ", 3)[2]));
    }
    process.waitFor();
  }

  private static String page(List<String> wide, List<String> fp16, List<String> bf16) {
    StringBuilder page =
        new StringBuilder(
            """
            # DJL's operations on 16-bit arrays

            Written by running them (`EveryOperationTest`): every public operation of `NDArray` and of what DJL's blocks are made of
            (`NDArrayEx`), on arrays of float16 and bfloat16, in processes of their own. None ends its process. Here are those that
            work on float32 and not on both of these; all others are the same.

            | Operation | float16 | bfloat16 |
            |---|---|---|
            """);
    List<Method> operations = Operations.all();
    int same = 0;
    for (int i = 0; i < operations.size(); i++) {
      if (!wide.get(i).equals("works")
          || fp16.get(i).equals("works") && bf16.get(i).equals("works")) {
        same++;
        continue;
      }
      page.append(
          "| `%s` | %s | %s |\n"
              .formatted(Operations.name(operations.get(i)), fp16.get(i), bf16.get(i)));
    }
    return page.append("\nThe others: %d.\n".formatted(same)).toString();
  }

  @Test
  void thePageSaysWhatComesOfRunningThem() throws Exception {
    List<String> bf16 = outcomes("BFLOAT16");
    List<String> fp16 = outcomes("FLOAT16");
    assertThat(bf16).doesNotContain(ENDED).hasSizeGreaterThan(250);
    assertThat(fp16).doesNotContain(ENDED);
    String page = page(outcomes("FLOAT32"), fp16, bf16);
    if (Boolean.getBoolean("levin.update.docs")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page)
        .as("rewrite it with -Dlevin.update.docs=true")
        .isEqualTo(Files.readString(PAGE));
  }
}
