package io.levin.checkpoint.torch;

import static io.levin.checkpoint.torch.Opcode.*;

import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.Tuple;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Reads one pickle into values. It is an interpreter of the pickle machine that knows data and
 * nothing else: a name stays a name, a call of an unknown name becomes an {@link Opaque}, a call of
 * a dangerous one is refused. Bounded in depth, in the number of values, and by the bytes there
 * are.
 */
final class PickleReader {
  private final Input input;
  private final Stack stack;
  private final Objects objects;
  private final Map<Integer, Object> memo = new HashMap<>();

  /**
   * @param record name for messages
   * @param bytes from the pickle's first byte; may go on behind it
   * @param persistent what persistent ids mean
   */
  PickleReader(String record, ByteBuffer bytes, PersistentIds persistent) {
    input = new Input(record, bytes);
    stack = new Stack(input);
    objects = new Objects(input, persistent);
  }

  /** How many bytes the pickle took. */
  int length() {
    return input.position();
  }

  Object read() {
    while (true) {
      int opcode = input.opcode();
      if (opcode == STOP) {
        Object root = stack.pop();
        new Shape(input).check(root);
        return root;
      }
      if (!value(opcode) && !container(opcode) && !object(opcode) && !machine(opcode)) {
        throw input.bad("opcode 0x%02x does not exist".formatted(opcode));
      }
    }
  }

  private boolean value(int opcode) {
    switch (opcode) {
      case NONE -> stack.push(null);
      case NEWTRUE -> stack.push(true);
      case NEWFALSE -> stack.push(false);
      case INT -> stack.push(Numbers.intLine(input));
      case LONG -> stack.push(Numbers.longLine(input));
      case BININT -> stack.push((long) input.int32());
      case BININT1 -> stack.push((long) input.octet());
      case BININT2 -> stack.push((long) input.unsigned16());
      case LONG1 -> stack.push(Numbers.integer(input.raw(input.octet())));
      case LONG4 -> stack.push(Numbers.longInteger(input));
      case FLOAT -> stack.push(Numbers.floatLine(input));
      case BINFLOAT -> stack.push(input.bigEndianDouble());
      case STRING -> stack.push(Texts.quoted(input));
      case BINSTRING -> stack.push(Texts.latin(input.raw(input.length32())));
      case SHORT_BINSTRING -> stack.push(Texts.latin(input.raw(input.octet())));
      case UNICODE -> stack.push(Texts.escaped(input));
      case SHORT_BINUNICODE -> stack.push(input.utf8(input.octet()));
      case BINUNICODE -> stack.push(input.utf8(input.length32()));
      case BINUNICODE8 -> stack.push(input.utf8(input.length64()));
      case SHORT_BINBYTES -> stack.push(input.raw(input.octet()));
      case BINBYTES -> stack.push(input.raw(input.length32()));
      case BINBYTES8, BYTEARRAY8 -> stack.push(input.raw(input.length64()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case EMPTY_LIST -> stack.push(new ArrayList<>());
      case EMPTY_DICT -> stack.push(new LinkedHashMap<>());
      case EMPTY_SET -> stack.push(new LinkedHashSet<>());
      case EMPTY_TUPLE -> stack.push(objects.tuple(List.of()));
      case LIST -> stack.push(stack.popMark());
      case TUPLE -> stack.push(objects.tuple(stack.popMark()));
      case TUPLE1 -> stack.push(objects.tuple(stack.popAll(1)));
      case TUPLE2 -> stack.push(objects.tuple(stack.popAll(2)));
      case TUPLE3 -> stack.push(objects.tuple(stack.popAll(3)));
      case DICT -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        objects.put(stack.popMark(), map);
        stack.push(map);
      }
      case FROZENSET -> stack.push(objects.set(stack.popMark()));
      case APPEND -> objects.append(stack.popAll(1), stack.top());
      case APPENDS -> objects.append(stack.popMark(), stack.top());
      case SETITEM -> objects.put(stack.popAll(2), stack.top());
      case SETITEMS -> objects.put(stack.popMark(), stack.top());
      case ADDITEMS -> objects.add(stack.popMark(), stack.top());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int opcode) {
    switch (opcode) {
      case GLOBAL -> {
        String module = input.line();
        stack.push(objects.global(module, input.line()));
      }
      case STACK_GLOBAL -> {
        List<Object> names = stack.popAll(2);
        stack.push(objects.global(names.get(0), names.get(1)));
      }
      case REDUCE -> {
        List<Object> call = stack.popAll(2);
        stack.push(objects.call(call.get(0), call.get(1)));
      }
      case NEWOBJ -> {
        List<Object> call = stack.popAll(2);
        stack.push(objects.make(call.get(0), call.get(1)));
      }
      case NEWOBJ_EX -> {
        List<Object> call = stack.popAll(3);
        stack.push(objects.makeWithNames(call.get(0), call.get(1), call.get(2)));
      }
      case INST -> {
        String module = input.line();
        Object type = objects.global(module, input.line());
        stack.push(objects.call(type, new Tuple(stack.popMark())));
      }
      case OBJ -> {
        List<Object> items = stack.popMark();
        if (items.isEmpty()) {
          throw input.bad("an object has no class");
        }
        stack.push(objects.call(items.get(0), new Tuple(items.subList(1, items.size()))));
      }
      case BUILD -> {
        Object state = stack.pop();
        objects.build(stack.top(), state);
      }
      case PERSID -> stack.push(objects.persistent(input.line()));
      case BINPERSID -> stack.push(objects.persistent(stack.pop()));
      case EXT1, EXT2, EXT4 -> throw input.bad("it uses Python's extension registry");
      case NEXT_BUFFER, READONLY_BUFFER -> throw input.bad("it refers to out-of-band buffers");
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean machine(int opcode) {
    switch (opcode) {
      case PROTO -> {
        int protocol = input.octet();
        if (protocol > 5) {
          throw input.bad("pickle protocol %d is newer than 5".formatted(protocol));
        }
      }
      case FRAME -> input.length64Behind();
      case MARK -> stack.mark();
      case POP -> {
        if (stack.isMarked()) {
          stack.popMark();
        } else {
          stack.pop();
        }
      }
      case POP_MARK -> stack.popMark();
      case DUP -> stack.push(stack.top());
      case PUT -> memo.put(Numbers.index(input), stack.top());
      case BINPUT -> memo.put(input.octet(), stack.top());
      case LONG_BINPUT -> memo.put(input.int32(), stack.top());
      case MEMOIZE -> memo.put(memo.size(), stack.top());
      case GET -> stack.push(remembered(Numbers.index(input)));
      case BINGET -> stack.push(remembered(input.octet()));
      case LONG_BINGET -> stack.push(remembered(input.int32()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private Object remembered(int index) {
    if (!memo.containsKey(index)) {
      throw input.bad("memo %d was never set".formatted(index));
    }
    return memo.get(index);
  }
}
