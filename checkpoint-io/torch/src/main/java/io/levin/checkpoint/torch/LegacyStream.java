package io.levin.checkpoint.torch;

import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.FileBytes;
import io.levin.checkpoint.Tuple;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's format before 1.6: five pickles, one after the other (a magic number, the protocol, the
 * system, the data, the keys of the storages), then the storages in the order of their keys.
 */
final class LegacyStream {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;

  private final FileChannel channel;
  private final String file;
  private final ByteBuffer head;
  private final Map<String, Late> storages = new HashMap<>();
  private long position;

  private LegacyStream(FileChannel channel, String file) throws IOException {
    this.channel = channel;
    this.file = file;
    long mapped = Math.min(channel.size(), Integer.MAX_VALUE);
    head = channel.map(FileChannel.MapMode.READ_ONLY, 0, mapped);
  }

  static Object read(FileChannel channel, String file) throws IOException {
    return new LegacyStream(channel, file).read();
  }

  private Object read() throws IOException {
    if (!MAGIC.equals(pickle("magic number"))) {
      throw new BadCheckpointException(
          file + ", byte 0", "it is a bare pickle, not a file that torch.save wrote");
    }
    Object protocol = pickle("protocol");
    if (!Long.valueOf(PROTOCOL).equals(protocol)) {
      throw bad("protocol %s is unknown".formatted(protocol));
    }
    if (pickle("system") instanceof Map<?, ?> system
        && Boolean.FALSE.equals(system.get("little_endian"))) {
      throw bad("its numbers are stored big-endian; save it again on a little-endian machine");
    }
    Object root = pickle("data");
    if (!(pickle("storage keys") instanceof List<?> keys)) {
      throw bad("the keys of its storages are no list");
    }
    for (Object key : keys) {
      place(String.valueOf(key));
    }
    storages.forEach(
        (key, storage) -> {
          if (storage.file == null) {
            throw bad("storage '%s' is missing".formatted(key));
          }
        });
    return root;
  }

  private Object pickle(String what) {
    int from = (int) position;
    PickleReader reader =
        new PickleReader(
            "%s, %s from byte %d".formatted(file, what, from),
            head.slice(from, head.limit() - from),
            this::storage);
    Object value = reader.read();
    position += reader.length();
    return value;
  }

  private Storage storage(Tuple id) {
    ZipStream.StorageId wanted = ZipStream.StorageId.of(id);
    if (wanted.bytes() > head.limit() && wanted.bytes() > size()) {
      throw new IllegalArgumentException(
          "storage '%s' is said to have %d bytes, more than the file"
              .formatted(wanted.key(), wanted.bytes()));
    }
    Late bytes = storages.computeIfAbsent(wanted.key(), key -> new Late(wanted));
    if (bytes.size() != wanted.bytes()) {
      throw new IllegalArgumentException(
          "storage '%s' is said to have two sizes".formatted(wanted.key()));
    }
    List<Object> parts = id.items();
    if (parts.size() > 5 && parts.get(5) instanceof Tuple view) {
      return new Storage(wanted.dtype(), part(bytes, wanted, view));
    }
    return new Storage(wanted.dtype(), bytes);
  }

  /** A storage that is a part of another one, as very old files have them. */
  private static Bytes part(Late whole, ZipStream.StorageId id, Tuple view) {
    int width = id.dtype() == null ? 1 : id.dtype().bytes();
    long from = (Long) view.items().get(1) * width;
    long size = (Long) view.items().get(2) * width;
    if (from < 0 || size < 0 || from + size > whole.size()) {
      throw new IllegalArgumentException("a view lies beyond its storage");
    }
    return new Bytes() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void read(long offset, ByteBuffer into) {
        whole.read(from + offset, into);
      }
    };
  }

  private long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      return head.limit();
    }
  }

  private void place(String key) throws IOException {
    ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    new FileBytes(channel, file, position, Long.BYTES).read(0, count);
    long elements = count.getLong(0);
    position += Long.BYTES;
    Late storage = storages.get(key);
    if (storage == null) {
      throw bad("storage '%s' belongs to nothing".formatted(key));
    }
    if (elements != storage.size() / storage.width) {
      throw bad(
          "storage '%s' has %d elements, but %d are expected"
              .formatted(key, elements, storage.size() / storage.width));
    }
    if (storage.size() > channel.size() - position) {
      throw bad("storage '%s' ends beyond the end of the file".formatted(key));
    }
    storage.file = new FileBytes(channel, file, position, storage.size());
    position += storage.size();
  }

  private BadCheckpointException bad(String what) {
    return new BadCheckpointException("%s, byte %d".formatted(file, position), what);
  }

  /** A storage whose place is known only when the pickles have been read. */
  private static final class Late implements Bytes {
    private final long size;
    private final int width;
    private FileBytes file;

    Late(ZipStream.StorageId id) {
      size = id.bytes();
      width = id.dtype() == null ? 1 : id.dtype().bytes();
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void read(long offset, ByteBuffer into) {
      file.read(offset, into);
    }
  }
}
