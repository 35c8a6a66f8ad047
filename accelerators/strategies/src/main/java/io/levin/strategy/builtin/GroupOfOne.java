package io.levin.strategy.builtin;

import ai.djl.Device;
import io.levin.strategy.Strategy;

/** A strategy for several processes in a run that has but one: everything is in its own shard. */
record GroupOfOne(String name, Device device) implements Strategy {}
