package io.levin.benchmarks;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.async.AsyncCheckpointIO;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Saving and loading 1 GiB of float32, against writing and reading the same bytes raw. */
public final class CheckpointSpeed {
  private static final int TENSORS = 64;
  private static final int BYTES = 16 << 20;
  private static final int ROUNDS = 7;

  private CheckpointSpeed() {}

  /**
   * @param arguments a folder on the disk to measure; {@code safetensors} for that format, {@code
   *     behind} for how long a save written behind holds its caller, {@code small} for 100,000
   *     tensors against one of the same bytes
   */
  public static void main(String[] arguments) throws IOException {
    List<String> words = List.of(arguments);
    CheckpointIO io =
        words.contains("safetensors") ? new SafetensorsCheckpointIO() : new TorchCheckpointIO();
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
    if (words.contains("small")) {
      SmallTensors.compare(io, memory, folder);
      Files.delete(folder);
      return;
    }
    Path raw = folder.resolve("raw");
    Path kept = folder.resolve("kept" + io.suffix());
    if (words.contains("behind")) {
      behind(io, checkpoint, memory, kept);
      io.remove(kept);
      Files.delete(folder);
      return;
    }
    double[] saves = new double[ROUNDS];
    double[] loads = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      double write = seconds(() -> write(raw, memory));
      double save = seconds(() -> io.save(checkpoint, kept));
      double read = seconds(() -> read(raw, memory));
      double load = seconds(() -> load(io, kept, memory));
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
    io.remove(kept);
    Files.delete(folder);
  }

  /** How long a save holds its caller, against a copy of the same memory. */
  private static void behind(
      CheckpointIO inner, Checkpoint checkpoint, ByteBuffer[] memory, Path kept)
      throws IOException {
    ByteBuffer[] copies = new ByteBuffer[TENSORS];
    Arrays.setAll(copies, i -> ByteBuffer.allocateDirect(BYTES));
    double[] ratios = new double[ROUNDS];
    try (AsyncCheckpointIO io = new AsyncCheckpointIO(inner, 1)) {
      for (int round = -1; round < ROUNDS; round++) {
        double copy = seconds(() -> copy(memory, copies));
        double held = seconds(() -> io.save(checkpoint, kept));
        double rest = seconds(io::flush);
        System.out.printf("copy %.3f s, held %.3f s, then written in %.2f s%n", copy, held, rest);
        if (round >= 0) {
          ratios[round] = held / copy;
        }
      }
    }
    System.out.printf("median: held for %.2f of a copy%n", TinyStep.median(ratios));
  }

  private static void copy(ByteBuffer[] memory, ByteBuffer[] copies) {
    for (int i = 0; i < memory.length; i++) {
      copies[i].duplicate().put(memory[i].duplicate());
    }
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

  private static void load(CheckpointIO io, Path file, ByteBuffer[] memory) {
    try (Checkpoint checkpoint = io.load(file)) {
      int i = 0;
      for (Tensor tensor : TensorPaths.of(checkpoint.root()).values()) {
        tensor.read(0, memory[i++].duplicate());
      }
    }
  }
}
