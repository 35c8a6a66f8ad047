/**
 * What every {@link io.levin.precision.PrecisionPlugin} keeps to, as tests to inherit.
 *
 * <pre>{@code
 * class SparsePrecisionPluginContractTest extends PrecisionPluginContract {
 *   protected PrecisionPlugin precisionPlugin() {
 *     return new SparsePrecisionPlugin();
 *   }
 * }
 * }</pre>
 *
 * <p>The tests train with it, so DJL's engine has to be on the class path ({@code pytorch-jni} and
 * {@code pytorch-native-cpu}).
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.testkit.precision;
