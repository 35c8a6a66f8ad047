package io.levin.benchmarks;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Random;

/** Saving and loading 1 GiB of float32, against writing and reading the same bytes raw. */
public final class CheckpointSpeed {
  private static final int TENSORS = 64;
  private static final int BYTES = 16 << 20;
  private static final int ROUNDS = 7;

  private CheckpointSpeed() {}

  /**
   * @param arguments a folder on the disk to measure
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "levin-benchmark");
    ByteBuffer[] memory = new ByteBuffer[TENSORS];
    OrderedDict weights = new OrderedDict();
    Random random = new Random(0);
    for (int i = 0; i < TENSORS; i++) {
      memory[i] = ByteBuffer.allocateDirect(BYTES);
      byte[] noise = new byte[BYTES];
      random.nextBytes(noise);
      memory[i].put(noise).flip();
      weights.put("w" + i, Tensor.of(DType.FLOAT32, new long[] {BYTES / 4}, Bytes.of(memory[i])));
    }
    Checkpoint checkpoint = Checkpoint.of(Map.of("state_dict", weights));
    Path raw = folder.resolve("raw");
    Path kept = folder.resolve("kept.ckpt");
    double[] saves = new double[ROUNDS];
    double[] loads = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      double write = seconds(() -> write(raw, memory));
      double save = seconds(() -> new TorchCheckpointIO().save(checkpoint, kept));
      double read = seconds(() -> read(raw, memory));
      double load = seconds(() -> load(kept, memory));
      System.out.printf(
          "raw write+fsync %.2f s, save %.2f s; raw read %.2f s, load %.2f s%n",
          write, save, read, load);
      if (round >= 0) {
        saves[round] = write / save;
        loads[round] = read / load;
      }
    }
    System.out.printf(
        "median: save %.2f of raw with fsync, load with checksums %.2f of raw%n",
        TinyStep.median(saves), TinyStep.median(loads));
    Files.delete(raw);
    Files.delete(kept);
    Files.delete(folder);
  }

  /** Something that may fail with the disk. */
  private interface Work {
    void run() throws IOException;
  }

  private static double seconds(Work work) throws IOException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static void write(Path file, ByteBuffer[] memory) throws IOException {
    // A new file each time, as a save is one until it takes the old one's place.
    Path aside = file.resolveSibling("aside");
    try (FileChannel channel =
        FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (ByteBuffer part : memory) {
        ByteBuffer rest = part.duplicate();
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      }
      channel.force(true);
    }
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void read(Path file, ByteBuffer[] memory) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      for (ByteBuffer part : memory) {
        ByteBuffer into = part.duplicate();
        while (into.hasRemaining()) {
          channel.read(into);
        }
      }
    }
  }

  private static void load(Path file, ByteBuffer[] memory) {
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(file)) {
      int i = 0;
      for (Tensor tensor : TensorPaths.of(checkpoint.root()).values()) {
        tensor.read(0, memory[i++].duplicate());
      }
    }
  }
}
