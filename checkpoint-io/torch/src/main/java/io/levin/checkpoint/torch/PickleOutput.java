package io.levin.checkpoint.torch;

import static io.levin.checkpoint.torch.Opcode.*;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The bytes of a pickle that is being written, and its memo. */
final class PickleOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<String, Integer> names = new HashMap<>();
  private int remembered;

  byte[] bytes() {
    return bytes.toByteArray();
  }

  PickleOutput octet(int value) {
    bytes.write(value);
    return this;
  }

  PickleOutput text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    octet(BINUNICODE).int32(utf8.length);
    bytes.writeBytes(utf8);
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
    String both = module + "\n" + name + "\n";
    Integer known = names.get(both);
    if (known != null) {
      return recall(known);
    }
    octet(GLOBAL);
    bytes.writeBytes(both.getBytes(StandardCharsets.UTF_8));
    names.put(both, remember());
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
