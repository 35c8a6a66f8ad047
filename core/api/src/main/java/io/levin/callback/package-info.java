/** Callbacks: what happens beside training, such as keeping checkpoints or stopping early. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.callback;
