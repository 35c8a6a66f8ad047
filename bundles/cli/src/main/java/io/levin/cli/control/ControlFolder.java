package io.levin.cli.control;

import io.levin.LevinException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder in which the runs of one user on one machine can be reached, each by a socket that is
 * named after its process. Nobody else may enter it: that is what guards them.
 */
public final class ControlFolder {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final String ENDING = ".sock";

  private final Path folder;

  private ControlFolder(Path folder) {
    this.folder = folder;
  }

  /** The present user's. */
  public static ControlFolder ofUser() {
    String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_.-]", "_");
    return new ControlFolder(Path.of(System.getProperty("java.io.tmpdir"), "levin-runs-" + user));
  }

  /** The socket of this process, whose folder exists and is private when this returns. */
  Path own() throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
    }
    check();
    Path socket = folder.resolve(ProcessHandle.current().pid() + ENDING);
    Files.deleteIfExists(socket); // of a process that had this number before
    return socket;
  }

  private void check() throws IOException {
    boolean isPrivate =
        Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(PRIVATE)
            && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
                .getName()
                .equals(System.getProperty("user.name"));
    if (!isPrivate) {
      throw new IOException("others may enter the folder " + folder);
    }
  }

  /** Sockets of runs that answer; those that a dead process left are removed. */
  public List<Path> running() {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Path> running = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      check();
      for (Path socket : files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList()) {
        if (answers(socket)) {
          running.add(socket);
        } else {
          Files.deleteIfExists(socket);
        }
      }
      return running;
    } catch (IOException e) {
      throw LevinException.resource(
          "Cannot look for runs in '%s': %s.".formatted(folder, e.getMessage()),
          "Remove the folder if it is not yours to need.",
          e);
    }
  }

  private static boolean answers(Path socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }
}
