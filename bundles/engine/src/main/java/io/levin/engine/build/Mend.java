package io.levin.engine.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes DJL's {@code JniUtils} anew, with every dtype checked before it reaches native code.
 *
 * <p>Runs once per build, over the class as DJL ships it. It counts what it replaces: another DJL
 * version with more or fewer such calls fails the build instead of shipping a half mended class.
 */
public final class Mend {
  private static final String TARGET = "ai/djl/pytorch/jni/JniUtils";
  private static final String GUARD = "io/levin/engine/Dtypes";
  private static final String DATA_TYPE = "ai/djl/ndarray/types/DataType";
  private static final Set<String> REDUCTIONS = Set.of("softmax", "logSoftmax", "cumProd");
  private static final int CALLS = 18;

  private int calls;

  private Mend() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]).resolve(TARGET + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, new Mend().mended(original()));
  }

  /** DJL's own bytes: never those of an earlier build, which lie ahead of it on the class path. */
  private static byte[] original() throws IOException {
    var found = Mend.class.getClassLoader().getResources(TARGET + ".class");
    while (found.hasMoreElements()) {
      var url = found.nextElement();
      if ("jar".equals(url.getProtocol())) {
        try (InputStream in = url.openStream()) {
          return in.readAllBytes();
        }
      }
    }
    throw new IOException(TARGET + " is in no jar on the class path: is pytorch-engine there?");
  }

  private byte[] mended(byte[] original) {
    ClassReader reader = new ClassReader(original);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Guarding(writer), 0);
    if (calls != CALLS) {
      throw new IllegalStateException(
          "Expected " + CALLS + " dtypes handed to native code in " + TARGET + ", found " + calls);
    }
    return writer.toByteArray();
  }

  private final class Guarding extends ClassVisitor {
    Guarding(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      String guard = REDUCTIONS.contains(name) ? "reductionCode" : "code";
      return new MethodVisitor(
          Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String type, boolean isInterface) {
          if (owner.equals(DATA_TYPE) && method.equals("ordinal")) {
            calls++;
            super.visitMethodInsn(
                Opcodes.INVOKESTATIC, GUARD, guard, "(L" + DATA_TYPE + ";)I", false);
          } else {
            super.visitMethodInsn(opcode, owner, method, type, isInterface);
          }
        }
      };
    }
  }
}
