/**
 * Tests inside Felix: {@link io.levin.testkit.felix.FelixTest} on a JUnit class runs its methods as
 * part of a bundle, beside the bundles of the class path or of a distribution.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.testkit.felix;
