package io.levin.checkpoint.safetensors;

import io.levin.LevinException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.SupportsLinks;
import io.levin.checkpoint.SupportsPartialLoad;
import io.levin.checkpoint.SupportsShardedSave;
import io.levin.collective.Exchange;
import io.levin.collective.ProcessGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps a checkpoint as a folder: {@code manifest.json} with every value that is no tensor, and
 * safetensors files with the tensors, {@code model.safetensors} under the names of the model's
 * parameters. The long form is {@code docs/formats/safetensors-directory.md}.
 *
 * <p>A path that ends with {@code .safetensors} is a single file of that format, which holds
 * tensors by name and nothing else. Tensors are streamed both ways.
 */
@Component(service = CheckpointIO.class)
public final class SafetensorsCheckpointIO
    implements SupportsPartialLoad, SupportsLinks, SupportsShardedSave {
  @Override
  public String format() {
    return "safetensors";
  }

  @Override
  public String suffix() {
    return ".safetensors.d";
  }

  @Override
  public Set<String> suffixes() {
    return Set.of(suffix(), PlainFile.SUFFIX);
  }

  @Override
  public void save(Checkpoint checkpoint, Path path) {
    try {
      if (path.toString().endsWith(PlainFile.SUFFIX)) {
        refuse(Files.isDirectory(path), path, "a folder; a file cannot take its place");
        PlainFile.write(checkpoint.root(), path);
      } else {
        refuse(!isFree(path), path, "no checkpoint of this format; one cannot take its place");
        FolderWriter.of(checkpoint.root()).write(path);
      }
    } catch (IllegalArgumentException e) {
      throw LevinException.user(
          "The checkpoint '%s' was not written: %s.".formatted(path, e.getMessage()),
          "Look at hyperParameters(), onSaveCheckpoint and the states of callbacks.");
    }
  }

  @Override
  public void save(Checkpoint checkpoint, Path path, ProcessGroup ranks) {
    RankFiles files = null;
    String wrong = "";
    try {
      files = RankFiles.of(checkpoint.root(), ranks.rank());
    } catch (IllegalArgumentException e) {
      wrong = e.getMessage();
    }
    if (ranks.rank() == 0 && path.toString().endsWith(PlainFile.SUFFIX)) {
      wrong = "a single file cannot be written by several ranks";
    } else if (ranks.rank() == 0 && !isFree(path)) {
      wrong = "what is there is no checkpoint of this format";
    }
    for (String said : Exchange.gather(ranks, wrong)) {
      if (!said.isEmpty()) {
        throw LevinException.user(
            "The checkpoint '%s' was not written: %s.".formatted(path, said),
            "Give another name, or look at hyperParameters(), onSaveCheckpoint and callbacks.");
      }
    }
    new RankedWriter(files, ranks).write(path);
  }

  private static boolean isFree(Path path) {
    return !Files.exists(path) || Manifest.isIn(path) || FolderFiles.isFree(path);
  }

  private static void refuse(boolean wrong, Path path, String why) {
    if (wrong) {
      throw LevinException.user("'%s' is %s.".formatted(path, why), "Give another name.");
    }
  }

  @Override
  public Checkpoint load(Path path) {
    return open(path, Wanted.all());
  }

  @Override
  public Checkpoint load(Path path, Set<String> wanted) {
    return open(path, Wanted.of(wanted));
  }

  private static Checkpoint open(Path path, Wanted wanted) {
    if (Files.isDirectory(path)) {
      return FolderCheckpoint.open(path, wanted);
    }
    try {
      return PlainFile.open(path, wanted);
    } catch (NoSuchFileException e) {
      throw LevinException.user(
          "There is no checkpoint '%s'.".formatted(path), "Look at the path.");
    } catch (IOException e) {
      throw LevinException.resource(
          "The checkpoint '%s' cannot be read: %s.".formatted(path, e.getMessage()),
          "Check its permissions and the disk.",
          e);
    }
  }

  @Override
  public boolean recognizes(Path path) {
    return Files.isDirectory(path) ? Manifest.isIn(path) : PlainFile.isOne(path);
  }

  /** A single file has no checksums: its header and its length are all there is to verify. */
  @Override
  public void verify(Path path) {
    if (Files.isDirectory(path)) {
      try (FolderCheckpoint folder = FolderCheckpoint.open(path, Wanted.all())) {
        folder.verify();
      }
    } else {
      load(path).close();
    }
  }

  @Override
  public boolean link(Path checkpoint, Path another) {
    return Manifest.isIn(checkpoint)
        && (!Files.exists(another) || Manifest.isIn(another))
        && FolderLink.make(checkpoint, another);
  }

  @Override
  public void remove(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    if (!recognizes(path)) {
      throw LevinException.user(
          "'%s' was not removed: it is no checkpoint.".formatted(path),
          "Remove it by hand if you do not need it.");
    }
    if (Files.isDirectory(path)) {
      FolderFiles.remove(path);
      return;
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw LevinException.resource(
          "The checkpoint '%s' could not be removed: %s.".formatted(path, e.getMessage()),
          "Check the permissions of its folder.",
          e);
    }
  }
}
