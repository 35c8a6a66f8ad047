/** How loaders are read: seeded order, batches made ahead, datasets in memory. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.data.loading;
