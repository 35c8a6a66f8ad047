/**
 * The loggers that are always there: {@code csv}, {@code tensorboard} and {@code html}. Each writes
 * files into the run directory and needs no network.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.logger.builtin;
