package io.levin.checkpoint.s3;

import io.levin.LevinException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The requests to a store, each sent again with growing pauses while it fails for a passing reason.
 * Thread-safe.
 */
final class S3Objects {
  /** Requests at the same time: one connection alone seldom fills the way to a store. */
  static final int PARALLEL = 4;

  private final S3Settings settings;
  private final ExecutorService threads;
  private final StaleUploads stale;
  private S3Client client;

  S3Objects(S3Settings settings) {
    this.settings = settings;
    this.stale = new StaleUploads(this, settings.staleHours());
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            2 * PARALLEL,
            2 * PARALLEL,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "levin-s3");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
  }

  /** For parts of one upload or download. */
  ExecutorService threads() {
    return threads;
  }

  boolean isConditional() {
    return settings.conditional();
  }

  /** Made when first needed: most processes never need it. */
  private synchronized S3Client client() {
    if (client == null) {
      client = S3Clients.of(settings);
    }
    return client;
  }

  /**
   * @param what is done, for a failure: {@code could not be WHAT}
   */
  <T> T ask(S3Path path, String what, Function<S3Client, T> request) {
    try {
      return request.apply(client());
    } catch (SdkException e) {
      throw failed(path, what, e);
    }
  }

  LevinException failed(S3Path path, String what, SdkException cause) {
    return S3Failure.of(
        cause, "'%s' could not be %s".formatted(path, what), S3Clients.endpoint(settings));
  }

  /** The request itself, for those who know what its failures mean. */
  <T> T raw(Function<S3Client, T> request) {
    return request.apply(client());
  }

  Optional<ObjectFacts> head(S3Path path) {
    try {
      HeadObjectResponse found =
          client().headObject(request -> request.bucket(path.bucket()).key(path.key()));
      return Optional.of(
          new ObjectFacts(
              found.contentLength(),
              FileTime.from(found.lastModified()),
              found.eTag(),
              found.metadata().get(Upload.WRITER)));
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return Optional.empty();
      }
      throw failed(path, "looked at", e);
    } catch (SdkException e) {
      throw failed(path, "looked at", e);
    }
  }

  boolean isFolder(S3Path path) {
    return folder(path).isPresent();
  }

  /** There is a folder where there is anything in it, or a mark. */
  Optional<ObjectFacts> folder(S3Path path) {
    ListObjectsV2Response first =
        ask(
            path,
            "looked at",
            client ->
                client.listObjectsV2(
                    request -> request.bucket(path.bucket()).prefix(path.prefix()).maxKeys(1)));
    Optional<Instant> written = first.contents().stream().map(S3Object::lastModified).findFirst();
    return (path.key().isEmpty() ? written.or(() -> Optional.of(Instant.EPOCH)) : written)
        .map(ObjectFacts::folder);
  }

  /** What is right under a folder, by its name. */
  List<S3Path> children(S3Path folder) {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(folder.bucket())
            .prefix(folder.prefix())
            .delimiter("/")
            .build();
    Set<String> names = new TreeSet<>();
    ask(
        folder,
        "listed",
        client -> {
          for (ListObjectsV2Response page : client.listObjectsV2Paginator(request)) {
            page.contents().forEach(object -> names.add(object.key()));
            page.commonPrefixes().forEach(prefix -> names.add(prefix.prefix()));
          }
          return null;
        });
    List<S3Path> children = new ArrayList<>();
    int skipped = folder.prefix().length();
    for (String key : names) {
      if (key.length() > skipped) {
        children.add(folder.resolve(folder.getFileSystem().getPath(key.substring(skipped))));
      }
    }
    return children.stream().distinct().toList();
  }

  /**
   * Makes a folder.
   *
   * @return false when somebody else has
   */
  boolean mark(S3Path folder) {
    try {
      client()
          .putObject(
              request -> {
                request.bucket(folder.bucket()).key(folder.prefix());
                if (isConditional()) {
                  request.ifNoneMatch("*");
                }
              },
              RequestBody.empty());
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == 412 || e.statusCode() == 409) {
        return false;
      }
      throw failed(folder, "made", e);
    } catch (SdkException e) {
      throw failed(folder, "made", e);
    }
  }

  void delete(S3Path path, String key) {
    ask(
        path,
        "removed",
        client -> client.deleteObject(request -> request.bucket(path.bucket()).key(key)));
  }

  /**
   * Fills a buffer with an object's bytes.
   *
   * @param etag of the object meant: one that has changed since is a failure
   */
  void read(S3Path path, String etag, long at, ByteBuffer into) throws NoSuchFileException {
    String range = "bytes=%d-%d".formatted(at, at + into.remaining() - 1);
    try {
      client()
          .getObject(
              request -> request.bucket(path.bucket()).key(path.key()).range(range).ifMatch(etag),
              new Filling(into));
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        throw new NoSuchFileException(path.toString());
      }
      if (e.statusCode() == 412) {
        throw LevinException.resource(
            "'%s' has been replaced while it was read.".formatted(path), "Load it again.", e);
      }
      throw failed(path, "read", e);
    } catch (SdkException e) {
      throw failed(path, "read", e);
    }
  }

  /** Removes what killed writers have left where this is written. */
  void cleanUp(S3Path file) {
    stale.removeBeside(file);
  }
}
