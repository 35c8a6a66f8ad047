package io.levin.checkpoint.s3;

import io.levin.LevinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object being written: in one request where it is small, else in parts that are sent while the
 * next are filled. It appears when it is committed; closed before that, nothing has happened.
 */
final class Upload implements WritableByteChannel {
  /** Metadata that tells whether an object is the one a request without an answer has made. */
  static final String WRITER = "levin-writer";

  private final S3Objects objects;
  private final S3Path file;
  private final Condition condition;
  private final String writer = UUID.randomUUID().toString();
  private Part part = new Part(Part.SIZE);
  private Parts parts;
  private boolean isOpen = true;

  Upload(S3Objects objects, S3Path file, Condition condition) {
    this.objects = objects;
    this.file = file;
    this.condition = objects.isConditional() ? condition : Condition.NONE;
  }

  @Override
  public int write(ByteBuffer bytes) {
    int count = bytes.remaining();
    while (bytes.hasRemaining()) {
      if (part.isFull()) {
        if (parts == null) {
          parts = Parts.begin(objects, file, Map.of(WRITER, writer));
        }
        part = parts.send(part);
      }
      part.take(bytes);
    }
    return count;
  }

  /**
   * Makes what was written the object.
   *
   * @throws FileAlreadyExistsException when there must be none and somebody has written one
   * @throws LevinException when it cannot be; what is there is as it was, or somebody else's
   */
  void commit() throws IOException {
    try {
      if (parts == null) {
        objects.raw(client -> client.putObject(request(), part.body()));
      } else {
        parts.finish(part, condition);
      }
      parts = null;
    } catch (SdkException e) {
      if (isThere()) {
        parts = null;
        return; // only the answer was lost
      }
      if (e instanceof S3Exception s3 && (s3.statusCode() == 412 || s3.statusCode() == 409)) {
        throw overtaken(e);
      }
      throw objects.failed(file, "written", e);
    }
  }

  private PutObjectRequest request() {
    return PutObjectRequest.builder()
        .bucket(file.bucket())
        .key(file.key())
        .checksumCRC32C(part.checksum())
        .metadata(Map.of(WRITER, writer))
        .ifMatch(condition.ifMatch())
        .ifNoneMatch(condition.ifNoneMatch())
        .build();
  }

  private boolean isThere() {
    try {
      return objects.head(file).filter(now -> writer.equals(now.writer())).isPresent();
    } catch (LevinException e) {
      return false;
    }
  }

  private IOException overtaken(SdkException cause) {
    if (condition.etag() == null) {
      FileAlreadyExistsException exists = new FileAlreadyExistsException(file.toString());
      exists.initCause(cause);
      return exists;
    }
    throw LevinException.resource(
        "'%s' was not written: somebody else has written or removed it meanwhile.".formatted(file),
        "Let no two runs keep their checkpoints in one folder.",
        cause);
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public void close() {
    isOpen = false;
    if (parts != null) {
      parts.abort();
      parts = null;
    }
  }
}
