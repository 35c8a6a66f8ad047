package io.levin.checkpoint.torch;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.DType;

/**
 * Memory of PyTorch that tensors are views of.
 *
 * @param dtype of the elements; null for an untyped one
 */
record Storage(DType dtype, Bytes bytes) {}
