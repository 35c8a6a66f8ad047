package io.levin.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Map;

/** One line of JSON each way. */
final class Messages {
  static final String DO = "do";
  static final String PLUGIN = "plugin";
  static final String ERROR = "error";
  static final String HINT = "hint";
  static final String SAID = "said";
  static final String USES = "uses";
  static final String TROUBLE = "trouble";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST = 1 << 16;

  private Messages() {}

  static void write(SocketChannel channel, Map<String, String> message) throws IOException {
    ByteBuffer line = ByteBuffer.wrap((JSON.writeValueAsString(message) + "\n").getBytes(UTF_8));
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  @SuppressWarnings("unchecked") // only texts are written
  static Map<String, String> read(SocketChannel channel) throws IOException {
    BufferedReader reader = new BufferedReader(Channels.newReader(channel, UTF_8));
    StringBuilder line = new StringBuilder();
    for (int c = reader.read(); c >= 0 && c != '\n'; c = reader.read()) {
      if (line.append((char) c).length() > LONGEST) {
        throw new IOException("the message does not end");
      }
    }
    return line.isEmpty() ? Map.of() : JSON.readValue(line.toString(), Map.class);
  }
}
