package io.levin.testkit.felix;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the methods of a JUnit class inside Felix, in a bundle made of the module's test classes.
 *
 * <p>Installed are the Levin plugins on the class path: a plugin author's own module, which is a
 * bundle, and those it depends on. Where the system property {@code levin.distribution} names an
 * unpacked distribution, its bundles are installed instead. Fields of type {@code BundleContext}
 * and fields with {@link Service} are filled in before each method, also those of superclasses.
 *
 * <p>A test fails when it leaves behind services, bundles, threads that are no daemons, or open
 * files.
 *
 * <p>Method arguments cross from JUnit's class loader into the bundle, so they are of types of the
 * JDK.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(FelixExtension.class)
public @interface FelixTest {}
