/**
 * Precision plugins: in which numbers a step computes, and what has to be done for that around
 * backward and the optimizer.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.precision;
