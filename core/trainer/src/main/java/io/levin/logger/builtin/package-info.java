/** The loggers that come with the Trainer. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.logger.builtin;
