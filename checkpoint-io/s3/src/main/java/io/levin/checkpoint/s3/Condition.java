package io.levin.checkpoint.s3;

import java.util.Optional;

/**
 * What must be so for a write to count: nobody has written the object since this one began.
 *
 * @param etag of what is there; null for nothing
 * @param isNone whether anything will do, for stores that know no conditions
 */
record Condition(String etag, boolean isNone) {
  static final Condition NONE = new Condition("", true);

  static Condition absent() {
    return new Condition(null, false);
  }

  static Condition unchanged(Optional<ObjectFacts> now) {
    return new Condition(now.map(ObjectFacts::etag).orElse(null), false);
  }

  /** Value of If-Match; null for none. */
  String ifMatch() {
    return isNone ? null : etag;
  }

  /** Value of If-None-Match; null for none. */
  String ifNoneMatch() {
    return !isNone && etag == null ? "*" : null;
  }
}
