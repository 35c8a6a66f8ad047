package io.levin.checkpoint.torch;

import static io.levin.checkpoint.torch.Opcode.*;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The bytes of a pickle that is being written, and its memo. */
final class PickleOutput {
  // ByteArrayOutputStream locks for every byte, of which there are hundreds for each tensor.
  private byte[] bytes = new byte[1 << 12];
  private int size;
  private final Map<String, Map<String, Integer>> names = new HashMap<>();
  private int remembered;

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  PickleOutput octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  private void room(int count) {
    if (count > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.max(count, size)));
    }
  }

  private void octets(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  PickleOutput text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    octet(BINUNICODE).int32(utf8.length);
    octets(utf8);
    return this;
  }

  PickleOutput integer(long value) {
    if (value >= 0 && value < 1 << 8) {
      return octet(BININT1).octet((int) value);
    }
    if (value >= 0 && value < 1 << 16) {
      return octet(BININT2).octet((int) value).octet((int) (value >> 8));
    }
    if (value == (int) value) {
      return octet(BININT).int32((int) value);
    }
    return integer(BigInteger.valueOf(value));
  }

  PickleOutput integer(BigInteger value) {
    byte[] bigEndian = value.toByteArray();
    if (bigEndian.length < 1 << 8) {
      octet(LONG1).octet(bigEndian.length);
    } else {
      octet(LONG4).int32(bigEndian.length);
    }
    for (int i = bigEndian.length - 1; i >= 0; i--) {
      octet(bigEndian[i]);
    }
    return this;
  }

  PickleOutput int32(int value) {
    return octet(value).octet(value >> 8).octet(value >> 16).octet(value >> 24);
  }

  PickleOutput bigEndian(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      octet((int) (value >> shift));
    }
    return this;
  }

  /** A name; from its second use on it is recalled. */
  PickleOutput global(String module, String name) {
    Map<String, Integer> ofModule = names.computeIfAbsent(module, first -> new HashMap<>());
    Integer known = ofModule.get(name);
    if (known != null) {
      return recall(known);
    }
    String both = module + "\n" + name + "\n";
    octet(GLOBAL);
    octets(both.getBytes(StandardCharsets.UTF_8));
    ofModule.put(name, remember());
    return this;
  }

  /** Puts the top of the stack into the memo. */
  int remember() {
    if (remembered < 1 << 8) {
      octet(BINPUT).octet(remembered);
    } else {
      octet(LONG_BINPUT).int32(remembered);
    }
    return remembered++;
  }

  PickleOutput recall(int index) {
    return index < 1 << 8 ? octet(BINGET).octet(index) : octet(LONG_BINGET).int32(index);
  }
}
