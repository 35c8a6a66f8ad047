package com.example.checkpoint.packed;

import io.levin.LevinException;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.DurableFile;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps a checkpoint as one compressed file, for slow and small disks: sparse or repetitive weights
 * take a fraction of their size.
 *
 * <p>{@code PACKED01}, then a deflated stream of values ({@link TreeWriter}), then the CRC-32 of
 * all before it in four bytes. The sum is checked before anything else is believed. A checkpoint is
 * in memory as a whole while it is loaded.
 */
// As a service of its own, so that 'levin ckpt' and --ckpt-path know the format as well.
@Component(service = CheckpointIO.class)
public final class PackedCheckpointIO implements CheckpointIO {
  static final String SUFFIX = ".packed";

  @Override
  public String format() {
    return "packed";
  }

  @Override
  public String suffix() {
    return SUFFIX;
  }

  @Override
  public void save(Checkpoint checkpoint, Path path) {
    if (Files.isDirectory(path)) {
      throw LevinException.user(
          "'%s' is a folder; a checkpoint cannot take its place.".formatted(path),
          "Give the name of a file.");
    }
    try {
      // Written aside, brought to disk, renamed: a kill at any moment leaves the old one or the new.
      DurableFile.write(
          path,
          channel -> {
            Summed.Out sum = new Summed.Out(Channels.newOutputStream(channel));
            sum.write(PackedFile.MAGIC);
            Deflater deflater = new Deflater(Deflater.BEST_SPEED);
            try (DataOutputStream out =
                new DataOutputStream(
                    new BufferedOutputStream(
                        new DeflaterOutputStream(sum.keptOpen(), deflater, 1 << 16), 1 << 16))) {
              new TreeWriter(out).write(checkpoint.root());
            } finally {
              deflater.end();
            }
            sum.finish();
          });
    } catch (IllegalArgumentException e) {
      throw LevinException.user(
          "The checkpoint '%s' was not written: %s.".formatted(path, e.getMessage()),
          "Look at hyperParameters(), onSaveCheckpoint and the states of callbacks.");
    }
  }

  @Override
  public Checkpoint load(Path path) {
    try (PackedFile file = PackedFile.open(path);
        DataInputStream in = new DataInputStream(new InflaterInputStream(file.body()))) {
      return Checkpoint.of(new TreeReader(in).read());
    } catch (NoSuchFileException e) {
      throw LevinException.user(
          "There is no checkpoint '%s'.".formatted(path), "Look at the path.");
    } catch (IOException | IllegalArgumentException e) {
      throw new BadCheckpointException(path.toString(), "it is damaged: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean recognizes(Path path) {
    return PackedFile.isOne(path);
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
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
