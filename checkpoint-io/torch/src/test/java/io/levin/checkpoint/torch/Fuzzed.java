package io.levin.checkpoint.torch;

import io.levin.LevinException;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * What a fuzzer calls: bytes are read as a file, or as the pickle of an otherwise good file. What
 * is refused is refused in one way; all else that is thrown is a finding. {@code fuzz} in this
 * module runs it, {@link FuzzCorpusTest} runs what was found.
 */
public final class Fuzzed {
  private static final long MOST_ELEMENTS = 1 << 16;
  private static final int STORAGES = 3;
  private static final Path FILE = file();

  private Fuzzed() {}

  private static Path file() {
    try {
      Path file = Files.createTempFile("fuzzed", ".pt");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name is the fuzzer's. The first byte says what the others are. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    if (data.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(data, 1, data.length);
    if (data[0] % 2 == 0) {
      Files.write(FILE, rest);
    } else {
      archive(rest);
    }
    TorchCheckpointIO io = new TorchCheckpointIO();
    try (Checkpoint checkpoint = io.load(FILE)) {
      for (Tensor tensor : TensorPaths.of(checkpoint.root()).values()) {
        if (tensor.elements() <= MOST_ELEMENTS) {
          tensor.read(0, ByteBuffer.allocate((int) tensor.size()));
        }
      }
    } catch (LevinException refused) {
      if (refused.kind() != LevinException.Kind.USER) {
        throw refused;
      }
    }
  }

  private static void archive(byte[] pickle) throws IOException {
    try (FileChannel channel =
            FileChannel.open(FILE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        Checksums checksums = new Checksums()) {
      ZipOutput zip = new ZipOutput(channel, checksums);
      zip.record("archive/data.pkl", Bytes.of(pickle));
      for (int i = 0; i < STORAGES; i++) {
        zip.record("archive/data/" + i, Bytes.of(new byte[64 << i]));
      }
      zip.record("archive/version", Bytes.of(new byte[] {'3'}));
      zip.finish();
    }
  }
}
