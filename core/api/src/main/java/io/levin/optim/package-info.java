/** Optimizers and learning-rate schedules: what the Trainer needs to know of them. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.optim;
