package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.levin.LevinException;
import io.levin.checkpoint.DurableFile;
import io.levin.checkpoint.DurableFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** A second folder of hard links to the first one's files, with a manifest of its own. */
final class FolderLink {
  private FolderLink() {}

  /**
   * @return false when this file system has no hard links; nothing has changed then
   */
  static boolean make(Path checkpoint, Path another) {
    if (sameFolder(checkpoint, another)) {
      return true;
    }
    Set<Path> linked = new LinkedHashSet<>();
    try {
      if (Files.isDirectory(another)) {
        DurableFile.write(
            another.resolve(Manifest.FILE),
            channel -> {
              ByteBuffer manifest = ByteBuffer.wrap(links(checkpoint, another, linked));
              while (manifest.hasRemaining()) {
                channel.write(manifest);
              }
            });
        FolderFiles.removeAllBut(linked, another);
      } else {
        DurableFolder.create(
            another,
            folder -> {
              byte[] manifest = links(checkpoint, folder, new LinkedHashSet<>());
              DurableFile.create(
                  folder.resolve(Manifest.FILE), c -> c.write(ByteBuffer.wrap(manifest)));
            });
      }
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    } catch (LevinException e) {
      // Nothing names them yet.
      FolderFiles.discard(linked);
      return false;
    }
  }

  private static boolean sameFolder(Path one, Path other) {
    try {
      return Files.exists(other) && Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  /** Links the files under names that are free, and gives the manifest that names them. */
  private static byte[] links(Path checkpoint, Path folder, Set<Path> linked) throws IOException {
    ObjectNode manifest = (ObjectNode) Manifest.read(checkpoint);
    for (String id : new FolderTensors(checkpoint, manifest.path("files")).ids()) {
      JsonNode file = manifest.path("files").path(id);
      Path link = FolderFiles.free(folder, id);
      Files.createLink(link, checkpoint.resolve(file.path("name").asText()));
      linked.add(link);
      ((ObjectNode) file).put("name", link.getFileName().toString());
    }
    manifest.remove("crc32c");
    manifest.remove("format");
    manifest.remove("version");
    return Manifest.bytes(manifest);
  }
}
