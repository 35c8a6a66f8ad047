package io.levin.core;

import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.plan.Plan;
import io.levin.precision.ClipAlgorithm;
import io.levin.precision.Gradients;
import io.levin.precision.PrecisionPlugin;
import io.levin.strategy.Strategy;
import java.util.List;

/** What the steps of one fit work with. */
record FitParts(
    Plan plan,
    LevinModule module,
    Network network,
    ModelSteps steps,
    Hooks hooks,
    Autograd autograd,
    PrecisionPlugin precision,
    Strategy strategy,
    Gradients gradients,
    List<Optimizer> optimizers,
    Schedules schedules,
    Limits limits,
    double clipValue,
    ClipAlgorithm clipAlgorithm) {}
