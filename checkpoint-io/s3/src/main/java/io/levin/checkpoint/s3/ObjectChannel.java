package io.levin.checkpoint.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/**
 * An object that is read by ranges. Large reads go straight into their buffer, several requests at
 * once; small ones are served from a window that grows as long as it is read on.
 */
final class ObjectChannel extends ReadOnlyChannel {
  /** Largest range of one request. */
  private static final int RANGE = 4 << 20;

  private static final int FIRST_WINDOW = 64 << 10;
  private static final int LARGEST_WINDOW = S3Objects.PARALLEL * RANGE;

  private final S3Objects objects;
  private final S3Path file;
  private final ObjectFacts facts;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long start;

  ObjectChannel(S3Objects objects, S3Path file, ObjectFacts facts) {
    this.objects = objects;
    this.file = file;
    this.facts = facts;
  }

  @Override
  public long size() {
    return facts.size();
  }

  @Override
  public int read(ByteBuffer into, long at) throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    int wanted = (int) Math.min(into.remaining(), facts.size() - at);
    if (wanted <= 0) {
      return into.hasRemaining() ? -1 : 0;
    }
    if (wanted > RANGE) {
      fetch(at, into.slice(into.position(), wanted));
      into.position(into.position() + wanted);
      return wanted;
    }
    return fromWindow(into, at, wanted);
  }

  private synchronized int fromWindow(ByteBuffer into, long at, int wanted) throws IOException {
    if (at < start || at >= start + window.limit()) {
      advance(at, wanted);
    }
    int from = (int) (at - start);
    int count = Math.min(wanted, window.limit() - from);
    into.put(window.slice(from, count));
    return count;
  }

  private void advance(long at, int wanted) throws IOException {
    boolean isReadOn = window.limit() > 0 && at == start + window.limit();
    int size = isReadOn ? Math.min(4 * window.limit(), LARGEST_WINDOW) : FIRST_WINDOW;
    size = (int) Math.min(Math.max(size, wanted), facts.size() - at);
    ByteBuffer next = window.capacity() >= size ? window.clear() : ByteBuffer.allocate(size);
    window = ByteBuffer.allocate(0);
    fetch(at, next.slice(0, size));
    window = next.limit(size);
    start = at;
  }

  private void fetch(long at, ByteBuffer into) throws IOException {
    if (into.remaining() <= RANGE) {
      objects.read(file, facts.etag(), at, into);
      return;
    }
    List<Future<Void>> pieces = new ArrayList<>();
    for (int from = 0; from < into.limit(); from += RANGE) {
      ByteBuffer piece = into.slice(from, Math.min(RANGE, into.limit() - from));
      long place = at + from;
      pieces.add(
          objects
              .threads()
              .submit(
                  () -> {
                    objects.read(file, facts.etag(), place, piece);
                    return null;
                  }));
    }
    Piece.awaitAll(pieces);
  }

  @Override
  protected void implCloseChannel() {
    window = ByteBuffer.allocate(0);
  }
}
