package io.levin.logger.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardLoggerTest {
  @TempDir private Path folder;

  @Test
  void writesRecordsThatTensorBoardReads() throws IOException {
    TensorBoardLogger logger = new TensorBoardLogger();
    logger.start(folder, Map.of());
    logger.logMetrics(Map.of("val_loss", 0.5), 7);
    logger.logMetrics(Map.of("train/acc", 0.25), 300);
    logger.finish("success");

    List<byte[]> records = records();
    assertThat(records).hasSize(3);
    assertThat(texts(records.get(0))).containsExactly("brain.Event:2");
    assertThat(scalars(records.get(1))).containsExactly(Map.entry("7 val_loss", 0.5f));
    assertThat(scalars(records.get(2))).containsExactly(Map.entry("300 train/acc", 0.25f));
  }

  private List<byte[]> records() throws IOException {
    Path file;
    try (var files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    assertThat(file.getFileName().toString()).matches("events\\.out\\.tfevents\\.\\d{10}\\..+");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertThat(bytes.getInt()).isEqualTo(masked(length));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(data);
      assertThat(bytes.getInt()).isEqualTo(masked(data));
      records.add(data);
    }
    return records;
  }

  private static int masked(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  private static List<String> texts(byte[] event) throws IOException {
    List<String> texts = new ArrayList<>();
    CodedInputStream in = CodedInputStream.newInstance(event);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 3) {
        texts.add(in.readString());
      } else {
        in.skipField(tag);
      }
    }
    return texts;
  }

  private static Map<String, Float> scalars(byte[] event) throws IOException {
    Map<String, Float> scalars = new LinkedHashMap<>();
    long step = 0;
    CodedInputStream in = CodedInputStream.newInstance(event);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 2 -> step = in.readInt64();
        case 5 -> {
          CodedInputStream summary = CodedInputStream.newInstance(in.readByteArray());
          summary.readTag();
          CodedInputStream value = CodedInputStream.newInstance(summary.readByteArray());
          value.readTag();
          String name = value.readString();
          value.readTag();
          scalars.put(step + " " + name, value.readFloat());
        }
        default -> in.skipField(tag);
      }
    }
    return scalars;
  }
}
