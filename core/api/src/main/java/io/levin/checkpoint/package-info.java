/** Checkpoints: the value that is kept, and the plugins that keep it. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.checkpoint;
