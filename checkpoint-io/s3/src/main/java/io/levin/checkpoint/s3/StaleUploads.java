package io.levin.checkpoint.s3;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Removes the parts of uploads whose writer was killed; they are no objects, but cost as much. Once
 * for every folder that is written to. Nobody can tell a dead writer from a slow one but by age.
 */
final class StaleUploads {
  private static final Logger LOG = LoggerFactory.getLogger(StaleUploads.class);

  private final S3Objects objects;
  private final int hours;
  private final Set<S3Path> cleaned = ConcurrentHashMap.newKeySet();

  StaleUploads(S3Objects objects, int hours) {
    this.objects = objects;
    this.hours = hours;
  }

  void removeBeside(S3Path file) {
    S3Path folder = file.getParent();
    if (!cleaned.add(folder)) {
      return;
    }
    Instant old = Instant.now().minus(Duration.ofHours(hours));
    try {
      ListMultipartUploadsRequest request =
          ListMultipartUploadsRequest.builder()
              .bucket(folder.bucket())
              .prefix(folder.prefix())
              .build();
      objects.raw(
          client -> {
            client.listMultipartUploadsPaginator(request).uploads().stream()
                .filter(upload -> upload.initiated().isBefore(old))
                .forEach(upload -> abort(folder, upload));
            return null;
          });
    } catch (SdkException e) {
      // Not every key may list them, and a checkpoint can be written all the same.
      LOG.debug("unfinished uploads under '{}' cannot be listed: {}", folder, e.getMessage());
    }
  }

  private void abort(S3Path folder, MultipartUpload upload) {
    objects.raw(
        client ->
            client.abortMultipartUpload(
                request ->
                    request.bucket(folder.bucket()).key(upload.key()).uploadId(upload.uploadId())));
    LOG.info(
        "removed an unfinished upload of 's3://{}/{}', begun {}",
        folder.bucket(),
        upload.key(),
        upload.initiated());
  }
}
