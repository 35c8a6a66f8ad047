package io.levin.launcher;

import java.nio.file.Path;

/**
 * A jar in the folder of plugins, as this process took it.
 *
 * @param bundle number of the bundle that was made of it; -1 when it is left out
 * @param sha256 of the bytes that were looked at, in small hexadecimal digits; empty when they
 *     could not be read
 * @param trouble why it is left out, or does not work; empty when it is in
 */
public record Plugin(Path jar, long bundle, String sha256, String trouble) {}
