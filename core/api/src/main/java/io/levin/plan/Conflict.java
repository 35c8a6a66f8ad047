package io.levin.plan;

import static java.util.Objects.requireNonNull;

import io.levin.arguments.Argument;
import java.util.Arrays;
import java.util.List;

/**
 * Why a request cannot be met.
 *
 * @param about the arguments (as in {@code precision}) or variables it is about
 * @param message what is wrong, with the values
 * @param hint what to do now, literally where possible
 */
public record Conflict(List<String> about, String message, String hint) {
  public Conflict {
    about = List.copyOf(about);
    requireNonNull(message, "message");
    requireNonNull(hint, "hint");
  }

  /** A conflict about arguments. */
  public static Conflict of(String message, String hint, Argument<?>... about) {
    return new Conflict(Arrays.stream(about).map(Argument::name).toList(), message, hint);
  }
}
