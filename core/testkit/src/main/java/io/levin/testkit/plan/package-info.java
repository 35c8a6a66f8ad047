/** Requests and creations for tests of {@link io.levin.plan.Offer}s. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.testkit.plan;
