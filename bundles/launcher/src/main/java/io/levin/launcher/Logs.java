package io.levin.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How logs look unless {@code conf/logback.xml} of the distribution, or {@code
 * -Dlogback.configurationFile}, says otherwise: warnings and worse on standard error, one line
 * each. Written in code because reading XML takes as long as the rest of the start. {@code
 * -Dlevin.log=debug} shows more of Levin.
 */
public final class Logs extends ContextAwareBase implements Configurator {
  /** Where launchers write the rank, in Lightning's order. */
  private static final List<String> RANKS =
      List.of("RANK", "LOCAL_RANK", "SLURM_PROCID", "JSM_NAMESPACE_RANK", "OMPI_COMM_WORLD_RANK");

  /** One rank of several tells what goes on; all of them, what goes wrong. */
  static Level usual(Map<String, String> environment) {
    return RANKS.stream()
            .map(environment::get)
            .filter(Objects::nonNull)
            .findFirst()
            .map(rank -> rank.equals("0"))
            .orElse(true)
        ? Level.INFO
        : Level.WARN;
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Path file = Path.of(System.getProperty("levin.home", "."), "conf", "logback.xml");
    if (System.getProperty("logback.configurationFile") == null && Files.isReadable(file)) {
      System.setProperty("logback.configurationFile", file.toUri().toString());
    }
    if (System.getProperty("logback.configurationFile") != null
        || System.getProperty("levin.home") == null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    PatternLayoutEncoder line = new PatternLayoutEncoder();
    line.setContext(context);
    line.setPattern("%d{HH:mm:ss} %-5level %logger{0}: %msg%n");
    line.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(line);
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    // It looks for GPUs where there are none, and says so as if something were wrong
    context.getLogger("ai.djl.util.cuda").setLevel(Level.ERROR);
    context
        .getLogger("io.levin")
        .setLevel(Level.toLevel(System.getProperty("levin.log"), usual(System.getenv())));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
