package com.example.checkpoint.packed;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Streams that end with the CRC-32 of what went through them. */
final class Summed {
  private Summed() {}

  static final class Out extends OutputStream {
    private final OutputStream inner;
    private final CRC32 crc = new CRC32();

    Out(OutputStream inner) {
      this.inner = inner;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      crc.update(bytes, from, length);
      inner.write(bytes, from, length);
    }

    /** The same, but closing it only flushes: the file's channel is closed by who opened it. */
    OutputStream keptOpen() {
      return new FilterOutputStream(this) {
        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
          flush();
        }
      };
    }

    void finish() throws IOException {
      inner.write(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
      inner.flush();
    }
  }
}
