/**
 * The Trainer's arguments as one table: name, type, default, meaning. Flags, files, environment
 * variables and help are all made from it.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.arguments;
