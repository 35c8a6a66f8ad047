/** Jobs: what {@code levin fit NAME} runs; a bundle registers them as services. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.job;
