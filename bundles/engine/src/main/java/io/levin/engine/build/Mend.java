package io.levin.engine.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;

/**
 * Writes classes of DJL anew, with the mends that Levin needs.
 *
 * <p>Runs once per build, over the classes as DJL ships them. Each mend checks what it finds:
 * another DJL version, with other code there, fails the build instead of shipping a half mended
 * class.
 */
public final class Mend {
  private final Path folder;

  private Mend(Path folder) {
    this.folder = folder;
  }

  /** Writes into the folder of classes that is given. */
  public static void main(String[] args) throws IOException {
    Mend mend = new Mend(Path.of(args[0]));
    mend.write(
        "ai/djl/pytorch/jni/JniUtils",
        next -> new CheckedRanks(new CastableOps(new LackingOnCpu(new GuardedTypes(next)))));
    mend.write("ai/djl/pytorch/engine/PtNDArray", ReadableBFloat16::new);
    mend.write("ai/djl/pytorch/engine/PtDeviceType", LazyDeviceType::new);
  }

  private void write(String name, Function<ClassVisitor, ClassVisitor> mend) throws IOException {
    ClassReader reader = new ClassReader(original(name));
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(mend.apply(writer), 0);
    Path file = folder.resolve(name + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, writer.toByteArray());
  }

  /** DJL's own bytes: never those of an earlier build, which lie ahead of it on the class path. */
  private static byte[] original(String name) throws IOException {
    var found = Mend.class.getClassLoader().getResources(name + ".class");
    while (found.hasMoreElements()) {
      var url = found.nextElement();
      if ("jar".equals(url.getProtocol())) {
        try (InputStream in = url.openStream()) {
          return in.readAllBytes();
        }
      }
    }
    throw new IOException(name + " is in no jar on the class path: is pytorch-engine there?");
  }
}
