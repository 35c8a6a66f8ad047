package io.levin.testkit.felix;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A field of a {@link FelixTest} that holds the best service of its type. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Service {
  /** An LDAP filter on the service's properties, for example {@code (family=precision)}. */
  String filter() default "";

  /** How long to wait for it, in milliseconds. */
  long timeout() default 10_000;
}
