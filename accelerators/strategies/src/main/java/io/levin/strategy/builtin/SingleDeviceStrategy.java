package io.levin.strategy.builtin;

import ai.djl.Device;
import io.levin.strategy.Strategy;

/** One process with one device: nothing to share, nothing to wait for. */
public record SingleDeviceStrategy(Device device) implements Strategy {}
