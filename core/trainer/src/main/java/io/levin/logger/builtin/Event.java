package io.levin.logger.builtin;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** TensorBoard's protobuf message {@code Event}, as bytes. */
final class Event {
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;

  private Event() {}

  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  /** The first event of every file. */
  static byte[] version(Instant time) throws IOException {
    return message(
        out -> {
          out.writeDouble(WALL_TIME, seconds(time));
          out.writeString(FILE_VERSION, "brain.Event:2");
        });
  }

  /** Scalars of one step. */
  static byte[] scalars(Instant time, long step, Map<String, Double> values) throws IOException {
    byte[] summary =
        message(
            out -> {
              for (Map.Entry<String, Double> entry : values.entrySet()) {
                out.writeByteArray(SUMMARY_VALUE, value(entry.getKey(), entry.getValue()));
              }
            });
    return message(
        out -> {
          out.writeDouble(WALL_TIME, seconds(time));
          out.writeInt64(STEP, step);
          out.writeByteArray(SUMMARY, summary);
        });
  }

  private static byte[] value(String tag, double value) throws IOException {
    return message(
        out -> {
          out.writeString(VALUE_TAG, tag);
          out.writeFloat(VALUE_SIMPLE, (float) value);
        });
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }
}
