package io.levin.logger.builtin;

import com.google.protobuf.CodedOutputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of TensorBoard events: records of TensorFlow (length, its masked CRC-32C, data, its masked
 * CRC-32C), each a protobuf {@code Event}. Source: tensorflow/core/util/event.proto and
 * record_writer.cc.
 */
final class EventFile implements Closeable {
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;

  private final OutputStream out;

  EventFile(Path file) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file));
    record(event(event -> event.writeString(FILE_VERSION, "brain.Event:2")));
  }

  void scalars(Map<String, Double> values, long step) throws IOException {
    byte[] summary =
        message(
            all -> {
              for (Map.Entry<String, Double> value : values.entrySet()) {
                all.writeByteArray(SUMMARY_VALUE, value(value.getKey(), value.getValue()));
              }
            });
    record(
        event(
            event -> {
              event.writeInt64(STEP, step);
              event.writeByteArray(SUMMARY, summary);
            }));
  }

  private static byte[] value(String tag, double number) throws IOException {
    return message(
        value -> {
          value.writeString(VALUE_TAG, tag);
          value.writeFloat(VALUE_SIMPLE, (float) number);
        });
  }

  private static byte[] event(Fields fields) throws IOException {
    return message(
        event -> {
          event.writeDouble(WALL_TIME, System.currentTimeMillis() / 1000.0);
          fields.writeTo(event);
        });
  }

  /** Fields of a protobuf message. */
  @FunctionalInterface
  private interface Fields {
    void writeTo(CodedOutputStream message) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
    fields.writeTo(coded);
    coded.flush();
    return bytes.toByteArray();
  }

  private void record(byte[] data) throws IOException {
    byte[] length =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    out.write(length);
    out.write(masked(length));
    out.write(data);
    out.write(masked(data));
  }

  /** TensorFlow masks sums, so that a record of records is not mistaken for one. */
  private static byte[] masked(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    int sum = (int) crc.getValue();
    int masked = ((sum >>> 15) | (sum << 17)) + 0xa282ead8;
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }

  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
