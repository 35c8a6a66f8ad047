/** Checkpoints that are written behind the training. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.checkpoint.async;
