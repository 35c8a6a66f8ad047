package io.levin.torch;

import com.sun.jna.Native;

/** What a native part said, without its backtrace. */
public final class NativeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How long a reason from the door may be, in bytes. */
  public static final int ROOM = 4096;

  public NativeFailure(byte[] reason) {
    this(Native.toString(reason));
  }

  public NativeFailure(String reason) {
    super(cleaned(reason), null, false, false);
  }

  /** One line: no traceback of TorchScript, no frames, no source file. */
  public static String cleaned(String reason) {
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
