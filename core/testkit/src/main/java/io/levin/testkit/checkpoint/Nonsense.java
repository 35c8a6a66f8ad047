package io.levin.testkit.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that are no checkpoint, whatever their name says. */
enum Nonsense {
  NOTHING {
    @Override
    byte[] bytes() {
      return new byte[0];
    }
  },
  ONE_BYTE {
    @Override
    byte[] bytes() {
      return new byte[] {'P'};
    }
  },
  TEXT {
    @Override
    byte[] bytes() {
      return "# Shopping\n\n- milk\n- {\"bread\": [1, 2]}\n".getBytes(StandardCharsets.UTF_8);
    }
  },
  RANDOM_BYTES {
    @Override
    byte[] bytes() {
      byte[] bytes = new byte[10_000];
      new Random(1).nextBytes(bytes);
      return bytes;
    }
  },
  LARGEST_NUMBERS {
    @Override
    byte[] bytes() {
      ByteBuffer bytes = ByteBuffer.allocate(4096);
      while (bytes.hasRemaining()) {
        bytes.putLong(Long.reverseBytes(Long.MAX_VALUE));
      }
      return bytes.array();
    }
  },
  GZIP {
    @Override
    byte[] bytes() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(new byte[1 << 20]);
      }
      return bytes.toByteArray();
    }
  },
  ZIP {
    @Override
    byte[] bytes() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream out = new ZipOutputStream(bytes)) {
        out.putNextEntry(new ZipEntry("notes.txt"));
        out.write(TEXT.bytes());
      }
      return bytes.toByteArray();
    }
  },
  /** A gigabyte that takes no space. */
  HUGE_HOLE {
    @Override
    byte[] bytes() {
      return new byte[] {0};
    }

    @Override
    void write(Path file) {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(bytes()), (1L << 30) - 1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  abstract byte[] bytes() throws IOException;

  void write(Path file) {
    try {
      Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
