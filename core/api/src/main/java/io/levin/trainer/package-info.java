/** The Trainer as users, callbacks and modules see it. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.trainer;
