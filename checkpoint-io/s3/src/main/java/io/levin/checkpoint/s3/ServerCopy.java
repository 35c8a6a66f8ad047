package io.levin.checkpoint.s3;

import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Copies within the store: no byte comes here. Copies above 5 GiB have to be made in parts. */
final class ServerCopy {
  private static final long LARGEST = 5L << 30;
  private static final long PIECE = 1L << 30;

  private final S3Objects objects;
  private final long largest;
  private final long piece;

  ServerCopy(S3Objects objects) {
    this(objects, LARGEST, PIECE);
  }

  ServerCopy(S3Objects objects, long largest, long piece) {
    this.objects = objects;
    this.largest = largest;
    this.piece = piece;
  }

  void copy(S3Path source, S3Path target) throws NoSuchFileException {
    ObjectFacts facts =
        objects.head(source).orElseThrow(() -> new NoSuchFileException(source.toString()));
    if (facts.size() > largest) {
      inParts(source, facts, target);
      return;
    }
    objects.ask(
        target,
        "written",
        client ->
            client.copyObject(
                request ->
                    request
                        .sourceBucket(source.bucket())
                        .sourceKey(source.key())
                        .copySourceIfMatch(facts.etag())
                        .destinationBucket(target.bucket())
                        .destinationKey(target.key())));
  }

  private void inParts(S3Path source, ObjectFacts facts, S3Path target) {
    String id =
        objects
            .ask(
                target,
                "written",
                client ->
                    client.createMultipartUpload(
                        request -> request.bucket(target.bucket()).key(target.key())))
            .uploadId();
    boolean isDone = false;
    try {
      List<Future<CompletedPart>> parts = new ArrayList<>();
      for (long at = 0; at < facts.size(); at += piece) {
        int number = parts.size() + 1;
        String range = "bytes=%d-%d".formatted(at, Math.min(at + piece, facts.size()) - 1);
        parts.add(objects.threads().submit(() -> part(source, facts, target, id, number, range)));
      }
      List<CompletedPart> all = Piece.awaitAll(parts);
      objects.ask(
          target,
          "written",
          client ->
              client.completeMultipartUpload(
                  request ->
                      request
                          .bucket(target.bucket())
                          .key(target.key())
                          .uploadId(id)
                          .multipartUpload(upload -> upload.parts(all))));
      isDone = true;
    } finally {
      if (!isDone) {
        objects.ask(
            target,
            "written",
            client ->
                client.abortMultipartUpload(
                    request -> request.bucket(target.bucket()).key(target.key()).uploadId(id)));
      }
    }
  }

  private CompletedPart part(
      S3Path source, ObjectFacts facts, S3Path target, String id, int number, String range) {
    String etag =
        objects
            .ask(
                target,
                "written",
                client ->
                    client.uploadPartCopy(
                        request ->
                            request
                                .sourceBucket(source.bucket())
                                .sourceKey(source.key())
                                .copySourceIfMatch(facts.etag())
                                .copySourceRange(range)
                                .destinationBucket(target.bucket())
                                .destinationKey(target.key())
                                .uploadId(id)
                                .partNumber(number)))
            .copyPartResult()
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }
}
