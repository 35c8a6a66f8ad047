package io.levin.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Calls every public operation of DJL's arrays on arrays of one type, from one on, and says before
 * each which it is: whoever started this process sees which one ended it.
 */
final class Operations {
  /** Not operations: they end an array's life, or move it. */
  private static final Set<String> LEFT_OUT =
      Set.of("close", "attach", "tempAttach", "detach", "intern", "returnResource", "notify");

  private static final long[] SHAPE = {2, 2};

  private Operations() {}

  /** All operations, in an order that is always the same. */
  static List<Method> all() {
    List<Method> methods = new ArrayList<>();
    for (Class<?> type : List.of(NDArray.class, NDArrayEx.class)) {
      Arrays.stream(type.getMethods())
          .filter(method -> !Modifier.isStatic(method.getModifiers()))
          .filter(method -> !LEFT_OUT.contains(method.getName()))
          .sorted(Comparator.comparing(Operations::name))
          .forEach(methods::add);
    }
    return methods;
  }

  /** For example {@code NDArray.sum(int[], boolean)}. */
  static String name(Method method) {
    return "%s.%s(%s)"
        .formatted(
            method.getDeclaringClass().getSimpleName(),
            method.getName(),
            Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ")));
  }

  /** Arguments: FLOAT32, FLOAT16 or BFLOAT16, and the number of the first operation. */
  public static void main(String[] arguments) {
    List<Method> methods = all();
    for (int i = Integer.parseInt(arguments[1]); i < methods.size(); i++) {
      System.out.println("begin " + i);
      System.out.println("end " + i + " " + outcome(methods.get(i), arguments[0]));
    }
  }

  private static String outcome(Method method, String type) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = array(manager, type);
      Object target =
          method.getDeclaringClass() == NDArrayEx.class ? array.getNDArrayInternal() : array;
      Object[] values = new Object[method.getParameterCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(method.getParameterTypes()[i], manager, type);
      }
      read(method.invoke(target, values));
      return "works";
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      String message = String.valueOf(cause.getMessage());
      return cause.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name(method), e);
    }
  }

  /** Results are looked at, since some operations only then compute. */
  private static void read(Object result) {
    if (result instanceof NDArray array) {
      array.toByteBuffer(true);
    } else if (result instanceof NDList list) {
      list.forEach(Operations::read);
    }
  }

  private static NDArray array(NDManager manager, String type) {
    NDArray array = manager.create(new float[] {0.5f, 0.25f, 0.75f, 1}, new Shape(SHAPE));
    return switch (type) {
      case "FLOAT16" -> Casts.toFp16(array);
      case "BFLOAT16" -> Casts.toBf16(array);
      default -> array;
    };
  }

  private static Object value(Class<?> wanted, NDManager manager, String type) {
    if (wanted == NDArray.class) {
      return array(manager, type);
    } else if (wanted == NDList.class) {
      return new NDList(array(manager, type));
    } else if (wanted == NDManager.class) {
      return manager;
    } else if (wanted == NDIndex.class) {
      return new NDIndex("0");
    } else if (wanted == Shape.class) {
      return new Shape(SHAPE);
    } else if (wanted == DataType.class) {
      return DataType.FLOAT32;
    } else if (wanted == SparseFormat.class) {
      return SparseFormat.DENSE;
    } else if (wanted == Device.class) {
      return Device.cpu();
    } else if (wanted == Function.class) {
      return (Function<NDArray, NDArray>) NDArray::abs;
    } else if (wanted == String.class) {
      return "0";
    } else if (wanted == java.nio.charset.Charset.class) {
      return StandardCharsets.UTF_8;
    } else if (wanted == java.nio.Buffer.class) {
      return ByteBuffer.allocateDirect(16);
    } else if (wanted == List.class) {
      return List.of(0.5f);
    } else if (wanted.isEnum()) {
      return wanted.getEnumConstants()[0];
    }
    return number(wanted);
  }

  private static Object number(Class<?> wanted) {
    if (wanted == boolean.class) {
      return true;
    } else if (wanted == int.class || wanted == Integer.class) {
      return 1;
    } else if (wanted == long.class) {
      return 1L;
    } else if (wanted == float.class) {
      return 0.5f;
    } else if (wanted == double.class) {
      return 0.5;
    } else if (wanted == Number.class) {
      return 2;
    } else if (wanted == long[].class) {
      return new long[] {1};
    } else if (wanted == int[].class) {
      return new int[] {1};
    } else if (wanted == float[].class) {
      return new float[] {1, 2, 3, 4};
    } else if (wanted == double[].class) {
      return new double[] {1, 2, 3, 4};
    } else if (wanted == byte[].class) {
      return new byte[16];
    } else if (wanted == Object[].class) {
      return new Object[0];
    }
    throw new IllegalStateException("no value for a parameter of " + wanted);
  }
}
