/**
 * How a plan is made: bundles register {@link io.levin.plan.Offer}s, a request is held against
 * them, and the best fit of every family becomes the {@link io.levin.plan.Plan}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.plan;
