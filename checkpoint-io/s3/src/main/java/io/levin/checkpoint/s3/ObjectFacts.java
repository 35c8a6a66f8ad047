package io.levin.checkpoint.s3;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * What the store says of an object, or of a folder.
 *
 * @param etag changes whenever the object does; null for a folder
 * @param writer who wrote it, by {@link Upload#WRITER}; null for others
 */
record ObjectFacts(long size, FileTime lastModifiedTime, String etag, String writer)
    implements BasicFileAttributes {
  /**
   * @param time when what is in it was written
   */
  static ObjectFacts folder(Instant time) {
    return new ObjectFacts(0, FileTime.from(time), null, null);
  }

  @Override
  public FileTime lastAccessTime() {
    return lastModifiedTime;
  }

  @Override
  public FileTime creationTime() {
    return lastModifiedTime;
  }

  @Override
  public boolean isRegularFile() {
    return !isDirectory();
  }

  @Override
  public boolean isDirectory() {
    return etag == null;
  }

  @Override
  public boolean isSymbolicLink() {
    return false;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public Object fileKey() {
    return null;
  }
}
