package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the header of a safetensors file as strictly as the reference implementation, and believes
 * nothing in it: the bytes of the tensors must fill the file without holes.
 */
final class HeaderReader {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final FileChannel channel;
  private final String file;
  private final List<Map.Entry<String, Header.Entry>> tensors = new ArrayList<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private HeaderReader(FileChannel channel, String file) {
    this.channel = channel;
    this.file = file;
  }

  /**
   * @param file name, for failures
   * @throws BadCheckpointException when it is no whole safetensors file, saying where
   */
  static Header read(FileChannel channel, String file) throws IOException {
    return new HeaderReader(channel, file).read();
  }

  private Header read() throws IOException {
    long length = length();
    parse(text(length));
    // Writers may have listed them in any order.
    tensors.sort(
        Map.Entry.comparingByValue(
            Comparator.comparingLong(Header.Entry::begin).thenComparingLong(Header.Entry::end)));
    Map<String, Header.Entry> ordered = new LinkedHashMap<>();
    long end = 0;
    for (Map.Entry<String, Header.Entry> tensor : tensors) {
      Header.Entry entry = tensor.getValue();
      if (entry.begin() != end) {
        throw bad(
            "tensor '%s' begins at %d, but the one before it ends at %d"
                .formatted(tensor.getKey(), entry.begin(), end));
      }
      end = entry.end();
      ordered.put(tensor.getKey(), entry);
    }
    long there = channel.size() - Long.BYTES - length;
    if (end != there) {
      throw bad("its tensors have %d bytes, but %d follow the header".formatted(end, there));
    }
    return new Header(ordered, metadata, Long.BYTES + length);
  }

  private long length() throws IOException {
    if (channel.size() < Long.BYTES) {
      throw bad("the file has %d bytes and no header".formatted(channel.size()));
    }
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    new FileBytes(channel, file, 0, Long.BYTES).read(0, bytes);
    long length = bytes.getLong(0);
    if (length < 0 || length > Header.LARGEST) {
      throw bad("a header of %s bytes is too large".formatted(Long.toUnsignedString(length)));
    }
    if (length > channel.size() - Long.BYTES) {
      throw bad("a header of %d bytes ends beyond the end of the file".formatted(length));
    }
    return length;
  }

  private String text(long length) {
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    new FileBytes(channel, file, Long.BYTES, length).read(0, bytes);
    if (length == 0 || bytes.get(0) != '{') {
      throw bad("the header does not begin with '{'");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw bad("the header is not UTF-8");
    }
  }

  private void parse(String text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = HeaderEntry.encodable(json.currentName());
        json.nextToken();
        if (name.equals(Header.METADATA)) {
          metadata(json);
        } else {
          tensors.add(Map.entry(name, HeaderEntry.read(name, json)));
        }
      }
      if (json.nextToken() != null) {
        throw bad("something follows the header's object");
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new BadCheckpointException(
          file + ", header", "its JSON is broken: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadCheckpointException(file + ", header", e.getMessage(), e);
    }
  }

  private void metadata(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw bad("its __metadata__ is no object");
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = HeaderEntry.encodable(json.currentName());
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw bad("its __metadata__ holds '%s', which is no text".formatted(key));
      }
      metadata.put(key, HeaderEntry.encodable(json.getText()));
    }
  }

  private BadCheckpointException bad(String what) {
    return new BadCheckpointException(file + ", header", what);
  }
}
