/**
 * Learning-rate schedules with PyTorch's numbers and state. Each is advanced from what the groups
 * hold, so they can be chained; warm-up is a composition ({@link io.levin.schedule.SequentialLR}).
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.schedule;
