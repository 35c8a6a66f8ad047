/** Accelerators: the devices that a run drives. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.accelerator;
