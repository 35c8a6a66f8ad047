package io.levin.examples.names;

/**
 * A class of the JDK.
 *
 * @param name simple name, for example {@code ArrayList}
 * @param module where it is, for example {@code java.base}
 */
public record ClassName(String name, String module) {}
