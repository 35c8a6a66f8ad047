package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.LevinException;
import io.levin.checkpoint.DurableFile;
import io.levin.checkpoint.DurableFolder;
import io.levin.collective.CollectiveException;
import io.levin.collective.Exchange;
import io.levin.collective.ProcessGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Several ranks write one folder. Rank 0 says where; each writes its files there and brings them to
 * disk; when all have, rank 0 writes the manifest and puts the whole in place, as {@link
 * FolderWriter} does, and says what came of it. Whoever fails, or is gone, before that: what was
 * there is there still.
 */
final class RankedWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GOOD = "+";
  private static final String BAD = "-";

  private final RankFiles files;
  private final ProcessGroup ranks;
  private final List<Path> written = new ArrayList<>();
  private boolean everybodyKnows;

  RankedWriter(RankFiles files, ProcessGroup ranks) {
    this.files = files;
    this.ranks = ranks;
  }

  void write(Path path) {
    if (ranks.rank() == 0) {
      lead(path);
    } else {
      follow();
    }
  }

  private void lead(Path path) {
    Set<Path> named = new LinkedHashSet<>();
    try {
      if (Files.isDirectory(path)) {
        DurableFile.write(
            path.resolve(Manifest.FILE), channel -> put(channel, together(path, named)));
        FolderFiles.removeAllBut(named, path);
      } else {
        DurableFolder.create(
            path,
            folder -> {
              byte[] manifest = together(folder, named);
              DurableFile.create(folder.resolve(Manifest.FILE), channel -> put(channel, manifest));
            });
      }
    } catch (RuntimeException e) {
      if (Files.isDirectory(path)) {
        written.forEach(file -> file.toFile().delete());
      }
      tell(e);
      throw e;
    }
    Exchange.broadcast(ranks, GOOD, 0);
  }

  /** The others wait for where to write, or for what came of it. */
  private void tell(RuntimeException failure) {
    if (everybodyKnows || failure instanceof CollectiveException) {
      return; // or they are not there to be told
    }
    try {
      Exchange.broadcast(ranks, BAD + failure.getMessage(), 0);
    } catch (CollectiveException e) {
      failure.addSuppressed(e);
    }
  }

  /** What every rank does; the manifest of what they wrote. */
  private byte[] together(Path folder, Set<Path> named) throws IOException {
    Exchange.broadcast(ranks, GOOD + folder, 0);
    List<JsonNode> facts = new ArrayList<>();
    for (String own : exchanged(folder)) {
      JsonNode described = JSON.readTree(own);
      described.forEach(file -> named.add(folder.resolve(file.path("name").asText())));
      facts.add(described);
    }
    return files.manifest(facts);
  }

  private void follow() {
    Path folder = Path.of(heard(Exchange.broadcast(ranks, "", 0)));
    boolean isDone = false;
    try {
      exchanged(folder);
      heard(Exchange.broadcast(ranks, "", 0));
      isDone = true;
    } finally {
      if (!isDone) {
        written.forEach(file -> file.toFile().delete());
      }
    }
  }

  private static String heard(String said) {
    if (said.startsWith(BAD)) {
      throw LevinException.resource(
          "Rank 0 could not write the checkpoint: " + said.substring(1),
          "Look at what it says.",
          null);
    }
    return said.substring(1);
  }

  /** Writes this rank's files, and gives the facts of everybody's. */
  private List<String> exchanged(Path folder) {
    String own;
    LevinException failure = null;
    try {
      own = files.write(folder, written).toString();
    } catch (IOException e) {
      failure =
          LevinException.resource(
              "Rank %d could not write its part of the checkpoint into '%s': %s."
                  .formatted(ranks.rank(), folder, e.getMessage()),
              "Check the disk; the folder must be one that all ranks see.",
              e);
      own = BAD + failure.getMessage();
    }
    List<String> all = Exchange.gather(ranks, own);
    for (String other : all) {
      if (other.startsWith(BAD)) {
        everybodyKnows = true;
        throw failure != null
            ? failure
            : LevinException.resource(other.substring(1), "Look at what that rank says.", null);
      }
    }
    return all;
  }

  private static void put(WritableByteChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }
}
