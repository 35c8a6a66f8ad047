package io.levin.core;

import ai.djl.ndarray.NDArray;
import io.levin.strategy.Shard;

/** In a run's tree: an array of which this process has a part. */
record Part(NDArray array, Shard shard) {}
