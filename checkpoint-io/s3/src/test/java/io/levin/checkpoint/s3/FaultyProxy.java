package io.levin.checkpoint.s3;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A bad way to a server: requests that match go wrong, a number of times. One per connection. */
final class FaultyProxy implements Closeable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final AtomicLong answered = new AtomicLong();

  private record Rule(Predicate<String> requests, AtomicInteger times, Fault fault) {}

  /** What happens to a request whose head has been read. */
  private interface Fault {
    void on(Socket client, byte[] head) throws IOException;
  }

  FaultyProxy(int target) throws IOException {
    this.target = target;
    daemon(
        () -> {
          while (true) {
            Socket client = socket.accept();
            daemon(() -> serve(client));
          }
        });
  }

  String endpoint() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** First lines of the requests so far. */
  List<String> requests() {
    return heads;
  }

  /** Bytes of answers so far. */
  long answered() {
    return answered.get();
  }

  /** The store answers with a failure. */
  void answers(Predicate<String> requests, int times, int status, String code) {
    String xml = "<Error><Code>%s</Code><Message>as the test wants it</Message></Error>";
    String body = xml.formatted(code);
    rule(
        requests,
        times,
        (client, head) -> {
          client
              .getOutputStream()
              .write(
                  "HTTP/1.1 %d Failed\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                      .formatted(status, body.length(), body)
                      .getBytes(StandardCharsets.US_ASCII));
          client.shutdownOutput();
          client.setSoTimeout(500);
          client.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
  }

  /** The connection breaks when so many bytes of the request have passed. */
  void cutsRequest(Predicate<String> requests, int times, long bytes) {
    rule(requests, times, (client, head) -> pass(client, head, bytes, Long.MAX_VALUE, 0));
  }

  /** The store does it, but the connection breaks after so many bytes of its answer. */
  void cutsAnswer(Predicate<String> requests, int times, long bytes) {
    rule(requests, times, (client, head) -> pass(client, head, Long.MAX_VALUE, bytes, 0));
  }

  /** The answer takes its time. */
  void delays(Predicate<String> requests, int times, int millis) {
    rule(
        requests,
        times,
        (client, head) -> pass(client, head, Long.MAX_VALUE, Long.MAX_VALUE, millis));
  }

  private void rule(Predicate<String> requests, int times, Fault fault) {
    rules.add(new Rule(requests, new AtomicInteger(times), fault));
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      byte[] head = head(client.getInputStream());
      String first = new String(head, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
      heads.add(first);
      for (Rule rule : rules) {
        if (rule.requests().test(first) && rule.times().getAndDecrement() > 0) {
          rule.fault().on(client, head);
          return;
        }
      }
      pass(client, head, Long.MAX_VALUE, Long.MAX_VALUE, 0);
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 4) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.write(next);
      ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
    }
    return head.toByteArray();
  }

  private void pass(Socket client, byte[] head, long up, long down, int millis) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      server.getOutputStream().write(head);
      daemon(
          () -> {
            if (copy(client.getInputStream(), server.getOutputStream(), up, null)) {
              client.close();
              server.close();
            }
          });
      if (millis > 0) {
        Thread.sleep(millis);
      }
      if (down > 0) {
        copy(server.getInputStream(), client.getOutputStream(), down, answered);
      } else {
        server.getInputStream().read(); // it has been done
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Whether it ended for having passed as much as it may. */
  private static boolean copy(InputStream in, OutputStream out, long most, AtomicLong counted)
      throws IOException {
    byte[] chunk = new byte[16 << 10];
    long left = most;
    while (left > 0) {
      int count = in.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (count < 0) {
        return false;
      }
      out.write(chunk, 0, count);
      out.flush();
      left -= count;
      if (counted != null) {
        counted.addAndGet(count);
      }
    }
    return true;
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // one side is gone
              }
            },
            "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
