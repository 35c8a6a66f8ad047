/**
 * What DJL leaves out of its own libtorch: fused optimizers, foreach arithmetic, casts that carry
 * gradients.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.torch;
