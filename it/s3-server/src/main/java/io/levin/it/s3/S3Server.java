package io.levin.it.s3;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A real S3 server, Adobe's S3Mock, in a process of its own, one for all tests of this JVM. It ends
 * with this JVM.
 */
public final class S3Server {
  /** A bucket that is there. */
  public static final String BUCKET = "levin";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static S3Server running;

  private final int port;

  private S3Server(int port) {
    this.port = port;
  }

  /** Starts it where it does not run yet. */
  public static synchronized S3Server running() throws IOException, InterruptedException {
    if (running == null) {
      running = start();
    }
    return running;
  }

  public int port() {
    return port;
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  private static S3Server start() throws IOException, InterruptedException {
    Path store = Files.createTempDirectory("levin-s3-");
    int port = freePort();
    Path log = store.resolveSibling(store.getFileName() + ".log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath(),
                    ServerProcess.class.getName(),
                    "com.adobe.testing.s3mock.S3MockApplication",
                    "--server.address=127.0.0.1",
                    "--server.port=0",
                    "--http.port=" + port,
                    "--com.adobe.testing.s3mock.store.root=" + store,
                    "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, store, log)));
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!answers(port)) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("The S3 server does not start:\n" + Files.readString(log));
      }
      Thread.sleep(200);
    }
    return new S3Server(port);
  }

  /** The server's, as the build has found it, and this class's own place. */
  private static String classPath() throws IOException {
    try (InputStream list = S3Server.class.getResourceAsStream("/s3-server.classpath")) {
      String own = S3Server.class.getProtectionDomain().getCodeSource().getLocation().getPath();
      return new String(list.readAllBytes(), StandardCharsets.UTF_8).strip()
          + File.pathSeparator
          + own;
    }
  }

  private static boolean answers(int port) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:%d/%s?list-type=2".formatted(port, BUCKET))
                  .toURL()
                  .openConnection();
      connection.setReadTimeout(10_000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** A port that nobody listens at. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void end(Process process, Path store, Path log) {
    process.destroyForcibly();
    try (var files = Files.walk(store)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      Files.deleteIfExists(log);
    } catch (IOException e) {
      // a temporary folder
    }
  }
}
