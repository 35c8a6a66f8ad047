package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import io.levin.LevinException;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.CheckedBytes;
import io.levin.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An open folder; its files are opened when a tensor in them is met. */
final class FolderCheckpoint implements Checkpoint {
  private final JsonNode manifest;
  private final FolderTensors tensors;
  private Object root;

  private FolderCheckpoint(Path folder, JsonNode manifest) {
    this.manifest = manifest;
    this.tensors = new FolderTensors(folder, manifest.path("files"));
  }

  static FolderCheckpoint open(Path folder, Wanted wanted) {
    FolderCheckpoint opened = null;
    try {
      opened = new FolderCheckpoint(folder, Manifest.read(folder));
      opened.root =
          new TreeDecoder(opened.tensors::tensor, wanted).decode("", opened.manifest.path("tree"));
      FolderCheckpoint whole = opened;
      opened = null;
      return whole;
    } catch (IllegalArgumentException e) {
      throw new BadCheckpointException(
          folder.resolve(Manifest.FILE).toString(), "it holds " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw LevinException.user(
          "'%s' is a folder, but holds no %s.".formatted(folder, Manifest.FILE),
          "Give the folder that a checkpoint is.");
    } catch (IOException e) {
      throw LevinException.resource(
          "The checkpoint '%s' cannot be read: %s.".formatted(folder, e.getMessage()),
          "Check its permissions and the disk.",
          e);
    } finally {
      if (opened != null) {
        opened.close();
      }
    }
  }

  @Override
  public Object root() {
    return root;
  }

  /** Reads every file against its checksum, and where one differs finds the tensor. */
  void verify() {
    for (String id : tensors.ids()) {
      TensorFile file = tensors.file(id);
      try {
        if (file.sum(file.size()) != tensors.sum(id, "crc32c")) {
          tensors.all(id).forEach(CheckedBytes::verify);
          throw file.bad("it is damaged: its CRC-32C is not that of the manifest");
        }
      } catch (IOException e) {
        throw file.bad("it cannot be read: " + e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    tensors.close();
  }
}
