package io.levin.engine.build;

import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Has {@link io.levin.engine.Lacking} see what goes into operations a device may lack, and out. */
final class LackingOnCpu extends ClassVisitor {
  private static final String HELPER = "io/levin/engine/Lacking";
  private static final String LIST = "Lai/djl/ndarray/NDList;";
  private static final Set<String> ARRAYS = Set.of("Lai/djl/pytorch/engine/PtNDArray;", LIST);

  private static final Set<String> OPERATIONS = Set.of("rnn", "gru", "lstm", "split");

  private final Set<String> missing = new TreeSet<>(OPERATIONS);

  LackingOnCpu(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
    if ((access & Opcodes.ACC_PUBLIC) == 0 || !OPERATIONS.contains(name)) {
      return method;
    }
    missing.remove(name);
    return new MethodVisitor(Opcodes.ASM9, method) {
      @Override
      public void visitCode() {
        super.visitCode();
        visitMethodInsn(Opcodes.INVOKESTATIC, HELPER, "begin", "()V", false);
        int slot = 0;
        for (Type type : Type.getArgumentTypes(descriptor)) {
          if (ARRAYS.contains(type.getDescriptor())) {
            visitVarInsn(Opcodes.ALOAD, slot);
            call("in", type.getDescriptor());
            visitVarInsn(Opcodes.ASTORE, slot);
          }
          slot += type.getSize();
        }
      }

      @Override
      public void visitInsn(int opcode) {
        if (opcode == Opcodes.ARETURN) {
          call("out", LIST);
        }
        super.visitInsn(opcode);
      }

      private void call(String helper, String type) {
        visitMethodInsn(Opcodes.INVOKESTATIC, HELPER, helper, "(%1$s)%1$s".formatted(type), false);
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
