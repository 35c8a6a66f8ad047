package io.levin.strategy;

import io.levin.accelerator.EmulatedAccelerator;
import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.PlannedOnly;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import io.levin.plan.Specificity;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An {@link Offer} of a strategy that belongs to one kind of device, as a skeleton. The strategies
 * of such a device are chosen by the number of devices, and foreign ones are refused.
 */
public abstract class DeviceStrategyOffer implements Offer<Strategy> {
  /** The kind of device, for example {@code hpu}. */
  protected abstract String kind();

  /** Names and words of every strategy for this kind of device, this one among them. */
  protected abstract Set<String> siblings();

  /** Whether this one, of all siblings, is the one that refuses foreign strategies. */
  protected abstract boolean refusesForeign();

  /** Whether it is made for this number of devices. */
  protected abstract boolean suits(int devices);

  /** Whether it could work with this number of devices if asked to. */
  protected boolean allows(int devices) {
    return suits(devices);
  }

  /** Whether it runs one process for every device. */
  protected boolean severalProcesses() {
    return false;
  }

  /** Whether it does so where its device is emulated, even if it starts them itself elsewhere. */
  protected boolean isEmulatedInProcesses() {
    return severalProcesses();
  }

  @Override
  public final Family family() {
    return Family.STRATEGY;
  }

  @Override
  public final Answer answer(Request request) {
    boolean asked = request.asksFor(this);
    if (!request.device().equals(kind())) {
      return asked
          ? elsewhere(request)
          : Answer.notConcerned("it is made for " + kind().toUpperCase(Locale.ROOT) + "s");
    }
    int devices = request.parallelDevices();
    if (asked) {
      return allows(devices) ? fits(request, "you asked for it") : tooMany(devices);
    }
    Optional<String> other =
        request
            .named(Family.STRATEGY)
            .map(PluginReference::name)
            .or(() -> request.word(Family.STRATEGY));
    if (other.isPresent()) {
      return refusesForeign() && !siblings().contains(other.get())
          ? foreign(other.get())
          : Answer.notConcerned("strategy is " + other.get());
    }
    return suits(devices)
        ? fits(request, "it is made for " + counted(devices))
        : Answer.notConcerned("it is not made for " + counted(devices));
  }

  private Answer.Fits fits(Request request, String why) {
    boolean emulated =
        request
            .choice(Family.ACCELERATOR)
            .map(accelerator -> accelerator.setting(Settings.EMULATED, Boolean.class, false))
            .orElse(false);
    boolean several =
        emulated ? isEmulatedInProcesses() && request.parallelDevices() > 1 : severalProcesses();
    Answer.Fits fits =
        Answer.fits(Specificity.DEVICE, why)
            .with(Settings.STRATEGY, words().stream().findFirst().orElse(name()))
            .with(Settings.SEVERAL_PROCESSES, several);
    return request.arguments().get(TrainerArguments.SYNC_BATCHNORM) && !severalProcesses()
        ? fits.warning("sync-batchnorm does nothing with %s.".formatted(name()))
        : fits;
  }

  private Answer elsewhere(Request request) {
    if (request.device().isEmpty()) {
      return Answer.fits(Specificity.DEVICE, "you asked for it");
    }
    return Answer.fits(Specificity.DEVICE, "you asked for it")
        .objecting(
            Conflict.of(
                "Strategy %s needs accelerator %s, and the accelerator is %s."
                    .formatted(name(), kind(), request.device()),
                "Give --accelerator %s, or leave out the strategy.".formatted(kind()),
                TrainerArguments.STRATEGY,
                TrainerArguments.ACCELERATOR));
  }

  private Answer tooMany(int devices) {
    return Answer.fits(Specificity.DEVICE, "you asked for it")
        .objecting(
            Conflict.of(
                "Strategy %s does not work with %s.".formatted(name(), counted(devices)),
                "Leave out the strategy, or give --devices 1.",
                TrainerArguments.STRATEGY,
                TrainerArguments.DEVICES));
  }

  private Answer foreign(String strategy) {
    return Answer.refuses(
        Conflict.of(
            "Strategy %s does not run on accelerator %s.".formatted(strategy, kind()),
            "Leave out the strategy: accelerator %s brings its own.".formatted(kind()),
            TrainerArguments.STRATEGY,
            TrainerArguments.ACCELERATOR));
  }

  private String counted(int devices) {
    String kind = kind().toUpperCase(Locale.ROOT);
    return devices == 1 ? "one " + kind : devices + " " + kind + "s";
  }

  /**
   * The accelerator that stands in for one device, to make the strategy with.
   *
   * @throws io.levin.LevinException when the plan is for the device itself, or for several
   */
  protected final EmulatedAccelerator emulatedAlone(Creation creation) {
    if (creation.plan().emulated() && creation.plan().parallelDevices() > 1) {
      throw PlannedOnly.cannotRun(
          "%s with %s".formatted(name(), counted(creation.plan().parallelDevices())),
          "give --devices 1");
    }
    return emulatedOnly(creation);
  }

  /**
   * The accelerator that stands in for this process's device, to make the strategy with.
   *
   * @throws io.levin.LevinException when the plan is for the device itself
   */
  protected final EmulatedAccelerator emulatedOnly(Creation creation) {
    return creation
        .part(EmulatedAccelerator.class)
        .orElseThrow(() -> PlannedOnly.cannotRun(name(), "give --accelerator cpu, or --emulate"));
  }
}
