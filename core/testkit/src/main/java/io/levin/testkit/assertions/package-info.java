/** What {@link io.levin.testkit.LevinAssertions} hands out. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.testkit.assertions;
