/** The kit for plugin authors: contracts to inherit, assertions, and tests inside Felix. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.testkit;
