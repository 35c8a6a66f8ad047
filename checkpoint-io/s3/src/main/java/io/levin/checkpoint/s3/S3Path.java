package io.levin.checkpoint.s3;

import io.levin.MisconfigurationException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bucket and a key, {@code s3://bucket/a/b}; or, without a bucket, a part of a key. */
final class S3Path implements Path {
  static final String SCHEME = "s3";
  private static final Pattern ADDRESS = Pattern.compile("s3://([^/]*)(?:/(.*))?");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private final S3FileSystem files;
  private final String bucket;
  private final List<String> names;

  /**
   * @param bucket null for a relative path
   */
  private S3Path(S3FileSystem files, String bucket, List<String> names) {
    this.files = files;
    this.bucket = bucket;
    this.names = List.copyOf(names);
  }

  /**
   * @throws MisconfigurationException when the bucket's name is none
   */
  static S3Path of(S3FileSystem files, String text) {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      return new S3Path(files, null, split(text));
    }
    if (!BUCKET.matcher(address.group(1)).matches()) {
      throw new MisconfigurationException(
          "'%s' names no bucket: '%s' is not a name that a bucket can have."
              .formatted(text, address.group(1)),
          "Write s3://BUCKET/PREFIX, the bucket in lower case.");
    }
    return new S3Path(
        files, address.group(1), split(Objects.requireNonNullElse(address.group(2), "")));
  }

  private static List<String> split(String key) {
    return Arrays.stream(key.split("/")).filter(name -> !name.isEmpty()).toList();
  }

  String bucket() {
    return bucket;
  }

  /** The object's key; empty for the bucket itself. */
  String key() {
    return String.join("/", names);
  }

  /** What the keys of everything in this folder begin with. */
  String prefix() {
    return names.isEmpty() ? "" : key() + "/";
  }

  private S3Path with(List<String> otherNames) {
    return new S3Path(files, bucket, otherNames);
  }

  private S3Path relative(List<String> otherNames) {
    return new S3Path(files, null, otherNames);
  }

  private static S3Path ours(Path other) {
    if (other instanceof S3Path path) {
      return path;
    }
    throw new ProviderMismatchException("'%s' is no path of S3".formatted(other));
  }

  @Override
  public S3FileSystem getFileSystem() {
    return files;
  }

  @Override
  public boolean isAbsolute() {
    return bucket != null;
  }

  @Override
  public S3Path getRoot() {
    return isAbsolute() ? with(List.of()) : null;
  }

  @Override
  public S3Path getFileName() {
    return names.isEmpty() ? null : getName(names.size() - 1);
  }

  @Override
  public S3Path getParent() {
    boolean hasOne = names.size() > 1 || (isAbsolute() && names.size() == 1);
    return hasOne ? with(names.subList(0, names.size() - 1)) : null;
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public S3Path getName(int index) {
    return subpath(index, index + 1);
  }

  @Override
  public S3Path subpath(int from, int to) {
    if (from < 0 || to > names.size() || from >= to) {
      throw new IllegalArgumentException("names %d to %d of %s".formatted(from, to, this));
    }
    return relative(names.subList(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof S3Path path
        && Objects.equals(bucket, path.bucket)
        && path.names.size() <= names.size()
        && names.subList(0, path.names.size()).equals(path.names);
  }

  @Override
  public boolean endsWith(Path other) {
    return other instanceof S3Path path
        && (path.isAbsolute()
            ? equals(path)
            : path.names.size() <= names.size()
                && names
                    .subList(names.size() - path.names.size(), names.size())
                    .equals(path.names));
  }

  /** Dots mean nothing in a key, but people write them. */
  @Override
  public S3Path normalize() {
    List<String> kept = new ArrayList<>();
    for (String name : names) {
      if (name.equals("..") && !kept.isEmpty() && !kept.get(kept.size() - 1).equals("..")) {
        kept.remove(kept.size() - 1);
      } else if (!name.equals(".") && !(name.equals("..") && isAbsolute())) {
        kept.add(name);
      }
    }
    return with(kept);
  }

  @Override
  public S3Path resolve(Path other) {
    S3Path path = ours(other);
    if (path.isAbsolute()) {
      return path;
    }
    List<String> all = new ArrayList<>(names);
    all.addAll(path.names);
    return with(all);
  }

  @Override
  public S3Path relativize(Path other) {
    S3Path path = ours(other);
    if (!Objects.equals(bucket, path.bucket)) {
      throw new IllegalArgumentException("%s is in another bucket than %s".formatted(other, this));
    }
    int same = 0;
    while (same < Math.min(names.size(), path.names.size())
        && names.get(same).equals(path.names.get(same))) {
      same++;
    }
    List<String> way = new ArrayList<>(Collections.nCopies(names.size() - same, ".."));
    way.addAll(path.names.subList(same, path.names.size()));
    return relative(way);
  }

  @Override
  public URI toUri() {
    return URI.create("s3://%s/%s".formatted(bucket, key().replace(" ", "%20")));
  }

  /** There is no folder that a relative one could be meant from. */
  @Override
  public S3Path toAbsolutePath() {
    if (!isAbsolute()) {
      throw new UnsupportedOperationException("'%s' has no bucket".formatted(this));
    }
    return this;
  }

  @Override
  public S3Path toRealPath(LinkOption... options) {
    return toAbsolutePath().normalize();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("S3 cannot be watched");
  }

  @Override
  public int compareTo(Path other) {
    return toString().compareTo(ours(other).toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof S3Path path
        && Objects.equals(bucket, path.bucket)
        && names.equals(path.names);
  }

  @Override
  public int hashCode() {
    return Objects.hash(bucket, names);
  }

  /** The address. */
  @Override
  public String toString() {
    return isAbsolute() ? "s3://%s/%s".formatted(bucket, key()) : key();
  }
}
