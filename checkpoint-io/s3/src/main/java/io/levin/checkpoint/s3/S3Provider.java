package io.levin.checkpoint.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@link java.nio.file.Files} asks of objects: reading, listing, deleting. They are written by
 * {@link S3FileSystem} only, whole. Not registered with the JVM: paths know their own.
 */
final class S3Provider extends FileSystemProvider {
  private final S3FileSystem files;
  private final S3Objects objects;

  S3Provider(S3FileSystem files, S3Objects objects) {
    this.files = files;
    this.objects = objects;
  }

  @Override
  public String getScheme() {
    return S3Path.SCHEME;
  }

  @Override
  public S3FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("there is one already");
  }

  @Override
  public S3FileSystem getFileSystem(URI uri) {
    return files;
  }

  @Override
  public S3Path getPath(URI uri) {
    return files.getPath(uri.toString());
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (!options.isEmpty() && !options.equals(Set.of(StandardOpenOption.READ))) {
      throw new UnsupportedOperationException("objects are written whole, by DurableFile");
    }
    S3Path file = (S3Path) path;
    return new ObjectChannel(
        objects,
        file,
        objects.head(file).orElseThrow(() -> new NoSuchFileException(file.toString())));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (type != BasicFileAttributes.class) {
      throw new UnsupportedOperationException(type.getName());
    }
    return type.cast(attributes((S3Path) path));
  }

  private ObjectFacts attributes(S3Path path) throws IOException {
    Optional<ObjectFacts> object = path.key().isEmpty() ? Optional.empty() : objects.head(path);
    return object
        .or(() -> objects.folder(path))
        .orElseThrow(() -> new NoSuchFileException(path.toString()));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw new UnsupportedOperationException(names);
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    attributes((S3Path) path);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<S3Path> children = objects.children((S3Path) folder);
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return children.stream().map(Path.class::cast).filter(this::accepts).iterator();
      }

      private boolean accepts(Path child) {
        try {
          return filter.accept(child);
        } catch (IOException e) {
          throw new DirectoryIteratorException(e);
        }
      }

      @Override
      public void close() {}
    };
  }

  /** An empty object whose key ends with a slash; of two who make it, one succeeds. */
  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    S3Path path = (S3Path) folder;
    if (objects.isFolder(path) || !objects.mark(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    S3Path target = (S3Path) path;
    if (objects.head(target).isPresent()) {
      objects.delete(target, target.key());
    } else if (!objects.children(target).isEmpty()) {
      throw new DirectoryNotEmptyException(target.toString());
    } else if (objects.isFolder(target)) {
      objects.delete(target, target.prefix());
    } else {
      throw new NoSuchFileException(target.toString());
    }
  }

  /** A copy within the store: either can be replaced or removed and leaves the other as it is. */
  @Override
  public void createLink(Path link, Path existing) throws IOException {
    if (objects.head((S3Path) link).isPresent()) {
      throw new FileAlreadyExistsException(link.toString());
    }
    files.copy(existing, link);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    files.copy(source, target);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException("objects cannot be moved");
  }

  @Override
  public boolean isSameFile(Path path, Path other) {
    return path.equals(other);
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException("S3 has no limits to tell of");
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return null;
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
    throw new UnsupportedOperationException(attribute);
  }
}
