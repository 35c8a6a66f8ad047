package io.levin.schedule;

import io.levin.optim.ParameterGroup;

/** The momentum of a group, whatever its optimizer calls it. */
final class Momentum {
  private Momentum() {}

  static boolean isBeta(ParameterGroup group) {
    return group.optionNames().contains("beta1");
  }

  static double of(ParameterGroup group) {
    return group.option(name(group));
  }

  static void set(ParameterGroup group, double value) {
    group.option(name(group), value);
  }

  private static String name(ParameterGroup group) {
    return isBeta(group) ? "beta1" : "momentum";
  }
}
