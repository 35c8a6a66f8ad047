package io.levin.checkpoint.s3;

import io.levin.LevinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * An upload in parts: several are on their way while one is filled, and whoever fills waits when
 * none is free. So no more than a few parts are in memory, however large the object.
 */
final class Parts {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  /** S3 takes 10,000 parts: from here on they are larger, and 360 GiB fit. */
  private static final int MANY = 5_000;

  private static final int LARGE = 8 * Part.SIZE;

  private final S3Objects objects;
  private final S3Path file;
  private final String id;
  private final List<Future<CompletedPart>> sent = new ArrayList<>();
  private final BlockingQueue<Part> free = new LinkedBlockingQueue<>();
  private volatile RuntimeException failure;

  private Parts(S3Objects objects, S3Path file, String id) {
    this.objects = objects;
    this.file = file;
    this.id = id;
    fresh(Part.SIZE);
  }

  static Parts begin(S3Objects objects, S3Path file, Map<String, String> metadata) {
    String id =
        objects
            .ask(
                file,
                "written",
                client ->
                    client.createMultipartUpload(
                        request ->
                            request
                                .bucket(file.bucket())
                                .key(file.key())
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                                .metadata(metadata)))
            .uploadId();
    return new Parts(objects, file, id);
  }

  private void fresh(int size) {
    free.clear();
    for (int i = 0; i < S3Objects.PARALLEL; i++) {
      free.add(new Part(size));
    }
  }

  /** Sends a part, and gives another to fill. */
  Part send(Part part) {
    begin(part);
    if (sent.size() == MANY) {
      sent.forEach(this::await);
      fresh(LARGE);
    }
    try {
      Part next = free.take();
      check();
      return next;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void check() {
    if (failure != null) {
      throw failure;
    }
  }

  private void begin(Part part) {
    int number = sent.size() + 1;
    sent.add(
        objects
            .threads()
            .submit(
                () -> {
                  try {
                    return failure == null ? send(number, part) : null;
                  } catch (SdkException e) {
                    failure = objects.failed(file, "written", e);
                    throw failure;
                  } finally {
                    part.clear();
                    free.add(part);
                  }
                }));
  }

  private CompletedPart send(int number, Part part) {
    String checksum = part.checksum();
    UploadPartResponse answer =
        objects.raw(
            client ->
                client.uploadPart(
                    request ->
                        request
                            .bucket(file.bucket())
                            .key(file.key())
                            .uploadId(id)
                            .partNumber(number)
                            .checksumCRC32C(checksum),
                    part.body()));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(answer.eTag())
        .checksumCRC32C(checksum)
        .build();
  }

  /** Sends the last part, waits for all, and makes them the object. */
  void finish(Part last, Condition condition) {
    begin(last);
    List<CompletedPart> all = sent.stream().map(this::await).toList();
    objects.raw(
        client ->
            client.completeMultipartUpload(
                request ->
                    request
                        .bucket(file.bucket())
                        .key(file.key())
                        .uploadId(id)
                        .multipartUpload(upload -> upload.parts(all))
                        .ifMatch(condition.ifMatch())
                        .ifNoneMatch(condition.ifNoneMatch())));
  }

  private CompletedPart await(Future<CompletedPart> part) {
    try {
      CompletedPart done = part.get();
      check();
      return done;
    } catch (ExecutionException e) {
      check();
      throw LevinException.internal("A part of '%s' was not sent".formatted(file), e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private LevinException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return LevinException.resource(
        "'%s' was not written: it was interrupted.".formatted(file),
        "What was there before is unharmed.",
        cause);
  }

  /** Forgets what was sent, as far as the store can be reached. */
  void abort() {
    failure =
        failure == null ? LevinException.resource("the upload was given up", "", null) : failure;
    try {
      objects.raw(
          client ->
              client.abortMultipartUpload(
                  request -> request.bucket(file.bucket()).key(file.key()).uploadId(id)));
    } catch (SdkException e) {
      // The next save in this folder removes it, once it is old.
      LOG.debug("the parts of '{}' stay for now: {}", file, e.getMessage());
    }
  }
}
