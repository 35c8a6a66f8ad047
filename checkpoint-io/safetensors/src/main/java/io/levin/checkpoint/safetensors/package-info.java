/** Checkpoints as folders of a manifest and safetensors files, and single safetensors files. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.checkpoint.safetensors;
