/** Holds the offers of the installed bundles against a request and makes one plan of them. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.core.planner;
