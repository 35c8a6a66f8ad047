package io.levin.checkpoint;

import io.levin.LevinException;

/** A file is not a checkpoint, is damaged, or holds what is not allowed; says where. */
public final class BadCheckpointException extends LevinException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what is wrong, as the rest of a sentence after the place
   * @param place byte offset, record or both, for example {@code data.pkl, byte 107}
   */
  public BadCheckpointException(String place, String what) {
    this(place, what, null);
  }

  public BadCheckpointException(String place, String what, Throwable cause) {
    super(
        Kind.USER,
        "%s: %s".formatted(place, what),
        "Give another checkpoint, or a fresh copy of this one.",
        cause);
  }
}
