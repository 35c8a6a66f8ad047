package io.levin.testkit.felix;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field of a {@link FelixTest} that holds a service, waited for before the method runs. Static
 * fields are filled before {@code @BeforeAll}.
 *
 * <p>A field of the service's own type holds the best one. A {@code List} of it holds all there
 * are, at least {@link #cardinality}; an {@code Optional} the best one, if it is there already.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Service {
  /** An LDAP filter on the service's properties, for example {@code (family=precision)}. */
  String filter() default "";

  /** How many there must be. */
  int cardinality() default 1;

  /** How long to wait for them, in milliseconds. */
  long timeout() default 10_000;
}
