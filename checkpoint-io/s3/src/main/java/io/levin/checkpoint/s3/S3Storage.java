package io.levin.checkpoint.s3;

import io.levin.checkpoint.Storage;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** S3 and stores that speak its protocol, as {@code s3://bucket/prefix}. */
@Component(service = Storage.class, configurationPid = "io.levin.checkpoint.s3")
public final class S3Storage implements Storage {
  private final S3FileSystem files;

  @Activate
  public S3Storage(S3Settings settings) {
    files = new S3FileSystem(new S3Objects(settings));
  }

  @Override
  public String scheme() {
    return S3Path.SCHEME;
  }

  @Override
  public Path path(String address) {
    return files.getPath(address);
  }
}
