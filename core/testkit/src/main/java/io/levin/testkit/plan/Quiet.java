package io.levin.testkit.plan;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Hears what is printed until it is closed; log messages go to the same place in tests. */
public final class Quiet implements AutoCloseable {
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  private Quiet() {
    PrintStream listening = new PrintStream(heard, true, StandardCharsets.UTF_8);
    System.setOut(listening);
    System.setErr(listening);
  }

  public static Quiet listen() {
    return new Quiet();
  }

  public String heard() {
    return heard.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }
}
