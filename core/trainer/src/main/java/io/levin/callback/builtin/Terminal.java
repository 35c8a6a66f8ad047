package io.levin.callback.builtin;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How wide the terminal is that errors and progress are written to, if they are. */
final class Terminal {
  private static final int USUAL = 80;

  private Terminal() {}

  /** Columns; 0 where standard error is no terminal, or one that cannot move its cursor. */
  static int columns(Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "dumb");
    if (System.console() == null || kind.equals("dumb") || !isTerminal()) {
      return 0;
    }
    int asked = ask();
    return asked > 0 ? asked : USUAL;
  }

  /** Whether standard error carries more than plain letters. */
  static boolean isUnicode() {
    // Java 17 knows the terminal's encoding under the second name, newer ones under the first.
    String encoding =
        System.getProperty("stderr.encoding", System.getProperty("sun.stderr.encoding"));
    return encoding == null
        ? Charset.defaultCharset().newEncoder().canEncode('━')
        : encoding.toUpperCase(Locale.ROOT).startsWith("UTF");
  }

  /** Java tells only whether standard input and output are a terminal. */
  private static boolean isTerminal() {
    try {
      String target =
          java.nio.file.Files.readSymbolicLink(java.nio.file.Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return true; // no such file here: what Java said must do
    }
  }

  private static int ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      stty.waitFor(1, TimeUnit.SECONDS);
      return Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
    } catch (IOException | NumberFormatException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
