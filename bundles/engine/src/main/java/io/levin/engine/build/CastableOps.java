package io.levin.engine.build;

import io.levin.engine.OpCasts;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Lets {@link OpCasts} see, and replace, the arrays that go into an operation. */
final class CastableOps extends ClassVisitor {
  private static final String CASTS = "io/levin/engine/OpCasts";
  private static final Set<String> ARRAYS =
      Set.of(
          "Lai/djl/pytorch/engine/PtNDArray;",
          "[Lai/djl/pytorch/engine/PtNDArray;",
          "Lai/djl/ndarray/NDList;");

  private final Set<String> missing = new HashSet<>(OpCasts.OPERATIONS.values());

  CastableOps(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
    boolean isOperation =
        OpCasts.OPERATIONS.containsValue(name) && (access & Opcodes.ACC_PUBLIC) != 0;
    if (!isOperation) {
      return method;
    }
    missing.remove(name);
    return new MethodVisitor(Opcodes.ASM9, method) {
      @Override
      public void visitCode() {
        super.visitCode();
        castArguments(this, name, descriptor);
      }

      @Override
      public void visitMaxs(int stack, int locals) {
        super.visitMaxs(Math.max(stack, 2), locals);
      }
    };
  }

  /** {@code a = OpCasts.cast(a, "name")} for the arguments that are arrays. */
  private static void castArguments(MethodVisitor method, String name, String descriptor) {
    int slot = 0;
    for (Type type : Type.getArgumentTypes(descriptor)) {
      if (ARRAYS.contains(type.getDescriptor())) {
        method.visitVarInsn(Opcodes.ALOAD, slot);
        method.visitLdcInsn(name);
        method.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            CASTS,
            "cast",
            "(%1$sLjava/lang/String;)%1$s".formatted(type.getDescriptor()),
            false);
        method.visitVarInsn(Opcodes.ASTORE, slot);
        if (name.equals("batchNorm")) {
          return; // the running statistics are written in place
        }
      }
      slot += type.getSize();
    }
  }

  @Override
  public void visitEnd() {
    if (!missing.isEmpty()) {
      throw new IllegalStateException("DJL has no operations " + missing);
    }
    super.visitEnd();
  }
}
