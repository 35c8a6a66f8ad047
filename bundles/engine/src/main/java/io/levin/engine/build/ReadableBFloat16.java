package io.levin.engine.build;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Adds methods that give an array's numbers, where DJL inherits those of {@code NDArray}: bfloat16
 * is read as float32, like float16, and anything else as before.
 */
final class ReadableBFloat16 extends ClassVisitor {
  private static final String ARRAY = "ai/djl/ndarray/NDArray";
  private static final String READER = "io/levin/engine/BFloat16";

  ReadableBFloat16(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    if (name.equals("toFloatArray") || name.equals("toArray")) {
      throw new IllegalStateException("DJL's PyTorch engine has a %s of its own".formatted(name));
    }
    return super.visitMethod(access, name, descriptor, signature, exceptions);
  }

  @Override
  public void visitEnd() {
    add("toFloatArray", "[F");
    add("toArray", "[Ljava/lang/Number;");
    super.visitEnd();
  }

  /** {@code return BFloat16.is(this) ? BFloat16.NAME(this) : NDArray.super.NAME();} */
  private void add(String name, String result) {
    MethodVisitor method =
        super.visitMethod(Opcodes.ACC_PUBLIC, name, "()" + result, null, new String[0]);
    Label otherwise = new Label();
    method.visitCode();
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitMethodInsn(Opcodes.INVOKESTATIC, READER, "is", "(L" + ARRAY + ";)Z", false);
    method.visitJumpInsn(Opcodes.IFEQ, otherwise);
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitMethodInsn(Opcodes.INVOKESTATIC, READER, name, "(L" + ARRAY + ";)" + result, false);
    method.visitInsn(Opcodes.ARETURN);
    method.visitLabel(otherwise);
    method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitMethodInsn(Opcodes.INVOKESPECIAL, ARRAY, name, "()" + result, true);
    method.visitInsn(Opcodes.ARETURN);
    method.visitMaxs(1, 1);
    method.visitEnd();
  }
}
