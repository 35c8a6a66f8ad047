package io.levin.engine.build;

import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Has {@link io.levin.engine.Ranks} look at the first array of convolutions and pools. */
final class CheckedRanks extends ClassVisitor {
  private final Set<String> missing = new TreeSet<>(Set.of("convolution", "maxPool", "avgPool"));

  CheckedRanks(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
    if (!descriptor.startsWith("(Lai/djl/pytorch/engine/PtNDArray;") || !missing.remove(name)) {
      return method;
    }
    return new MethodVisitor(Opcodes.ASM9, method) {
      @Override
      public void visitCode() {
        super.visitCode();
        visitVarInsn(Opcodes.ALOAD, 0);
        visitLdcInsn(name);
        visitMethodInsn(
            Opcodes.INVOKESTATIC,
            "io/levin/engine/Ranks",
            "check",
            "(Lai/djl/pytorch/engine/PtNDArray;Ljava/lang/String;)V",
            false);
      }

      @Override
      public void visitMaxs(int stack, int locals) {
        super.visitMaxs(Math.max(stack, 2), locals);
      }
    };
  }

  @Override
  public void visitEnd() {
    if (!missing.isEmpty()) {
      throw new IllegalStateException("DJL has no operations " + missing);
    }
    super.visitEnd();
  }
}
