/** What every {@link io.levin.strategy.Strategy} keeps to, as tests to inherit. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.testkit.strategy;
