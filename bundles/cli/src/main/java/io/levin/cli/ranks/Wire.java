package io.levin.cli.ranks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Lines of JSON between two ranks; a peer that sends too much is no rank. */
final class Wire {
  static final String CLOCK = "clock";
  static final String DONE = "done";
  private static final int LONGEST = 1 << 16;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Socket socket;
  private final InputStream in;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new java.io.BufferedInputStream(socket.getInputStream());
    socket.setTcpNoDelay(true);
  }

  void send(Map<String, ?> message) throws IOException {
    socket.getOutputStream().write((JSON.writeValueAsString(message) + "\n").getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  @SuppressWarnings("unchecked") // names of an object are texts
  Map<String, Object> receive() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.size() == LONGEST) {
        throw new IOException(next < 0 ? "it has gone" : "it speaks something else");
      }
      line.write(next);
    }
    try {
      return JSON.readValue(line.toString(UTF_8), Map.class);
    } catch (JsonProcessingException e) {
      throw new IOException("it speaks something else", e);
    }
  }

  /** The wall clock in milliseconds, as finely as the system has it. */
  static double now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) / 1000.0;
  }
}
