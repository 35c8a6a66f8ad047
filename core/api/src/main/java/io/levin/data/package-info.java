/**
 * Data as the Trainer reads it: a dataset gives batches by index, a loader says in which order and
 * how large.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.data;
