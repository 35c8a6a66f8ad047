/** Checkpoints of runs on devices that are not the host. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.checkpoint.devices;
