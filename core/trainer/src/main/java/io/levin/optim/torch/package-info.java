/** SGD, Adam and AdamW on libtorch's fused operations, with PyTorch's numbers and state. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.optim.torch;
