package io.levin.cluster.gloo;

import com.sun.jna.Native;

/** What the native side said, without its backtrace; becomes a CollectiveException further up. */
final class NativeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How long a reason from the door may be, in bytes. */
  static final int ROOM = 4096;

  NativeFailure(byte[] reason) {
    this(Native.toString(reason));
  }

  NativeFailure(String reason) {
    super(cleaned(reason), null, false, false);
  }

  /** One line: no traceback of TorchScript, no frames, no source file. */
  static String cleaned(String reason) {
    String text = reason == null ? "" : reason;
    int raised = text.indexOf("\nException raised from");
    if (raised >= 0) {
      text = text.substring(0, raised);
    }
    int script = text.lastIndexOf("RuntimeError: ");
    if (script >= 0) {
      text = text.substring(script + "RuntimeError: ".length());
    }
    return text.strip()
        .replaceFirst("^\\[[^\\]\\s]*\\.(cc|cpp|h|hpp):\\d+\\]\\s*", "")
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
