/**
 * The way in: starts Felix with Levin's bundles, from a distribution's folders or from a class
 * path, and runs the command line that one of them registers.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.launcher;
