package io.levin.checkpoint.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Puts a response's bytes into a buffer, from its beginning again when the connection breaks. */
record Filling(ByteBuffer into) implements ResponseTransformer<GetObjectResponse, Void> {
  @Override
  public Void transform(GetObjectResponse response, AbortableInputStream in) {
    ByteBuffer rest = into.duplicate();
    try (ReadableByteChannel channel = Channels.newChannel(in)) {
      while (rest.hasRemaining()) {
        if (channel.read(rest) < 0) {
          throw new IOException("%d bytes are missing".formatted(rest.remaining()));
        }
      }
      into.position(into.limit());
      return null;
    } catch (IOException e) {
      throw RetryableException.create("the answer ends early: " + e.getMessage(), e);
    }
  }
}
