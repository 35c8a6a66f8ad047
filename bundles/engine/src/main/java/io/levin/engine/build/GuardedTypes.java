package io.levin.engine.build;

import java.util.Set;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Checks every dtype before it reaches native code, which ends the process at an unknown one. */
final class GuardedTypes extends ClassVisitor {
  private static final String GUARD = "io/levin/engine/Dtypes";
  private static final String DATA_TYPE = "ai/djl/ndarray/types/DataType";
  private static final Set<String> REDUCTIONS = Set.of("softmax", "logSoftmax", "cumProd");
  private static final int CALLS = 18;

  private int calls;

  GuardedTypes(ClassVisitor next) {
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

  @Override
  public void visitEnd() {
    if (calls != CALLS) {
      throw new IllegalStateException(
          "Expected %d dtypes handed to native code, found %d".formatted(CALLS, calls));
    }
    super.visitEnd();
  }
}
