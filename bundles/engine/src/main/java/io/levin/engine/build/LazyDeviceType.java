package io.levin.engine.build;

import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Gives libtorch's device type 17, lazy tensors, a name: DJL refuses arrays of types it lacks. */
final class LazyDeviceType extends ClassVisitor {
  private static final String NAME = "lazy";
  private static final int CODE = 17;
  private static final String DEVICE = "ai/djl/Device";

  private final Set<String> missing = new TreeSet<>(Set.of("toDeviceType", "fromDeviceType"));

  LazyDeviceType(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
    if (!missing.remove(name)) {
      return method;
    }
    return new MethodVisitor(Opcodes.ASM9, method) {
      @Override
      public void visitCode() {
        super.visitCode();
        Label others = new Label();
        if (name.equals("toDeviceType")) {
          visitLdcInsn(NAME);
          visitVarInsn(Opcodes.ALOAD, 0);
          visitMethodInsn(
              Opcodes.INVOKEVIRTUAL, DEVICE, "getDeviceType", "()Ljava/lang/String;", false);
          visitMethodInsn(
              Opcodes.INVOKEVIRTUAL, "java/lang/String", "equals", "(Ljava/lang/Object;)Z", false);
          visitJumpInsn(Opcodes.IFEQ, others);
          visitIntInsn(Opcodes.BIPUSH, CODE);
          visitInsn(Opcodes.IRETURN);
        } else {
          visitVarInsn(Opcodes.ILOAD, 0);
          visitIntInsn(Opcodes.BIPUSH, CODE);
          visitJumpInsn(Opcodes.IF_ICMPNE, others);
          visitLdcInsn(NAME);
          visitInsn(Opcodes.ARETURN);
        }
        visitLabel(others);
        visitFrame(Opcodes.F_SAME, 0, null, 0, null);
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
      throw new IllegalStateException("DJL has no methods " + missing);
    }
    super.visitEnd();
  }
}
