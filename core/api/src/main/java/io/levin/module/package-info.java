/**
 * The user's model: a {@link io.levin.module.LevinModule} says what a step computes, the Trainer
 * does the rest.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.module;
