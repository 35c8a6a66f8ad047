package io.levin.checkpoint.torch;

import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.CheckedBytes;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * PyTorch's format since 1.6: an archive of a pickle, {@code data.pkl}, and a record per storage.
 */
final class ZipStream {
  private static final String PICKLE = "data.pkl";
  private static final long LARGEST_PICKLE = 512L << 20;

  private final FileChannel channel;
  private final String file;
  private final Map<String, ZipIndex.Record> index;
  private final String folder;
  private final Map<String, CheckedBytes> storages = new HashMap<>();
  private final List<CheckedBytes> records = new ArrayList<>();
  private Object root;

  private ZipStream(FileChannel channel, String file) throws IOException {
    this.channel = channel;
    this.file = file;
    index = ZipIndex.read(channel, file);
    folder = folder();
  }

  static ZipStream read(FileChannel channel, String file) throws IOException {
    ZipStream stream = new ZipStream(channel, file);
    stream.check();
    ByteBuffer pickle = stream.content(PICKLE, LARGEST_PICKLE);
    stream.root =
        new PickleReader(file + ", " + stream.folder + PICKLE, pickle, stream::storage).read();
    return stream;
  }

  Object root() {
    return root;
  }

  List<CheckedBytes> records() {
    return records;
  }

  private String folder() {
    List<String> pickles =
        index.keySet().stream()
            .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
            .filter(name -> name.indexOf('/') == name.lastIndexOf('/'))
            .toList();
    if (pickles.size() != 1) {
      throw new BadCheckpointException(
          file,
          pickles.isEmpty()
              ? "the archive holds no data.pkl: it is no file of PyTorch"
              : "the archive holds several: " + pickles);
    }
    return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
  }

  private void check() throws IOException {
    if (index.containsKey(folder + "constants.pkl")) {
      throw new BadCheckpointException(
          file, "it is a TorchScript archive, a program; save a state_dict() instead");
    }
    if (index.containsKey(folder + "byteorder")) {
      String order = StandardCharsets.US_ASCII.decode(content("byteorder", 16)).toString().strip();
      if (!order.equals("little")) {
        throw new BadCheckpointException(
            "%s, %sbyteorder".formatted(file, folder),
            "its numbers are stored %s-endian; save it again on a little-endian machine"
                .formatted(order));
      }
    }
  }

  private ByteBuffer content(String name, long largest) throws IOException {
    CheckedBytes record = record(name);
    if (record.size() > largest) {
      throw new BadCheckpointException(
          file, "record '%s%s' has %d bytes".formatted(folder, name, record.size()));
    }
    ByteBuffer content = ByteBuffer.allocate((int) record.size());
    record.read(0, content);
    return content.flip();
  }

  private CheckedBytes record(String name) throws IOException {
    ZipIndex.Record found = index.get(folder + name);
    if (found == null) {
      throw new BadCheckpointException(file, "record '%s%s' is missing".formatted(folder, name));
    }
    CheckedBytes bytes =
        new CheckedBytes(
            channel,
            file,
            ZipIndex.dataOffset(channel, file, found),
            found.size(),
            "record '%s'".formatted(found.name()),
            new CheckedBytes.Sum("CRC-32", new CRC32(), found.crc()));
    records.add(bytes);
    return bytes;
  }

  private Storage storage(Tuple id) {
    StorageId wanted = StorageId.of(id);
    CheckedBytes bytes =
        storages.computeIfAbsent(
            wanted.key(),
            key -> {
              try {
                return record("data/" + key);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    if (wanted.bytes() > bytes.size()) {
      throw new IllegalArgumentException(
          "storage '%s' is said to have %d bytes, but its record has %d"
              .formatted(wanted.key(), wanted.bytes(), bytes.size()));
    }
    return new Storage(wanted.dtype(), bytes);
  }

  /**
   * What a persistent id says.
   *
   * @param dtype null for an untyped storage
   */
  record StorageId(String key, DType dtype, long bytes) {
    static StorageId of(Tuple id) {
      List<Object> parts = id.items();
      if (parts.size() < 5
          || !"storage".equals(parts.get(0))
          || !(parts.get(1) instanceof Opaque type)
          || !(parts.get(4) instanceof Long elements)) {
        throw new IllegalArgumentException("a persistent id is not that of a storage");
      }
      DType dtype = StorageTypes.dtype(type.name());
      if (dtype == null && !StorageTypes.untyped(type.name())) {
        throw new IllegalArgumentException(
            "storages of '%s' are not supported".formatted(type.type()));
      }
      long width = dtype == null ? 1 : dtype.bytes();
      if (elements < 0 || elements > Long.MAX_VALUE / width) {
        throw new IllegalArgumentException("a storage of %d elements".formatted(elements));
      }
      return new StorageId(String.valueOf(parts.get(2)), dtype, elements * width);
    }
  }
}
