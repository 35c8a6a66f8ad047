/** Mixed precision by libtorch's own means. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.precision.amp;
