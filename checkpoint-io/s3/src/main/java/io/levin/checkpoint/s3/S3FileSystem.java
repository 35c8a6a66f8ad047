package io.levin.checkpoint.s3;

import io.levin.checkpoint.DurableFile;
import io.levin.checkpoint.WholeFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** All buckets that one client reaches. Folders are what keys have before a slash. */
final class S3FileSystem extends FileSystem implements WholeFiles {
  private final S3Objects objects;
  private final S3Provider provider;

  S3FileSystem(S3Objects objects) {
    this.objects = objects;
    this.provider = new S3Provider(this, objects);
  }

  @Override
  public void replace(Path file, DurableFile.Content content) throws IOException {
    S3Path target = (S3Path) file;
    objects.cleanUp(target);
    write(target, Condition.unchanged(objects.head(target)), content);
  }

  @Override
  public void create(Path file, DurableFile.Content content) throws IOException {
    S3Path target = (S3Path) file;
    objects.cleanUp(target);
    if (objects.head(target).isPresent()) {
      throw new FileAlreadyExistsException(target.toString());
    }
    write(target, Condition.absent(), content);
  }

  private void write(S3Path file, Condition condition, DurableFile.Content content)
      throws IOException {
    try (Upload upload = new Upload(objects, file, condition)) {
      content.writeTo(upload);
      upload.commit();
    }
  }

  @Override
  public void copy(Path file, Path another) throws IOException {
    if (!(file instanceof S3Path source)) {
      throw new IOException("'%s' is not in S3".formatted(file));
    }
    new ServerCopy(objects).copy(source, (S3Path) another);
  }

  @Override
  public S3Provider provider() {
    return provider;
  }

  @Override
  public S3Path getPath(String first, String... more) {
    return S3Path.of(this, more.length == 0 ? first : first + "/" + String.join("/", more));
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic");
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    if (!syntaxAndPattern.startsWith("regex:")) {
      throw new UnsupportedOperationException(syntaxAndPattern);
    }
    Pattern pattern = Pattern.compile(syntaxAndPattern.substring("regex:".length()));
    return path -> pattern.matcher(path.toString()).matches();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("S3 has no users");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("S3 cannot be watched");
  }

  /** As long as the process: there is nothing to close. */
  @Override
  public void close() {}

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }
}
