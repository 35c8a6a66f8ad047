package io.levin.accelerator;

import io.levin.arguments.Devices;
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
import io.levin.plan.Surroundings;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * An {@link Offer} of a kind of device, as a skeleton: a subclass says what is there and what
 * {@code devices} means to it; when the accelerator fits and how the arguments are refused is said
 * here, alike for all.
 */
public abstract class AcceleratorOffer implements Offer<Accelerator> {
  /** More processes on one machine than this are a slip of the keyboard. */
  protected static final int MOST_DEVICES = 4096;

  /** The kind as in {@link io.levin.plan.Hardware}, for example {@code gpu}. */
  protected abstract String kind();

  /** How strongly {@code auto} prefers it; see {@link Specificity}. */
  protected abstract int rank();

  /** Looks for devices of this machine: cheap, without loading anything, never throws. */
  protected abstract Availability probe(Surroundings surroundings);

  /** Whether this installation can run the devices of this machine; as {@link #probe}. */
  protected Availability engine(Surroundings surroundings) {
    return Availability.available(1, "");
  }

  /** How many devices are stood in for when an absent kind is emulated; 0 if it cannot be. */
  protected int emulated() {
    return 0;
  }

  /** What stands in for an absent device. */
  protected String emulator() {
    return "the CPU";
  }

  /**
   * The devices meant.
   *
   * @param devices never a zero, an empty list or {@code auto}
   * @param there number of devices that exist
   * @throws IllegalArgumentException saying what is taken instead
   */
  protected abstract List<Integer> select(Devices devices, int there);

  /** The devices meant where they are stood in for. */
  protected List<Integer> selectEmulated(Devices devices, int there) {
    return select(devices, there);
  }

  /** The devices taken when nobody says. */
  protected List<Integer> all(int there) {
    return DeviceIndices.first(there);
  }

  /**
   * The device stood in for, where the plan says so.
   *
   * @throws io.levin.LevinException when the plan is for the device itself
   */
  protected final EmulatedAccelerator emulatedOnly(Creation creation) {
    if (creation.plan().emulated()) {
      return new EmulatedAccelerator(name());
    }
    throw PlannedOnly.cannotRun(
        name(), "give --accelerator cpu, or --emulate to run its rules on this CPU");
  }

  /** Whether there are such devices, here or on the machine described, and why not. */
  public final Availability devices(Surroundings surroundings) {
    return asked(() -> there(surroundings));
  }

  /** Whether this installation can run them, and why not. */
  public final Availability runtime(Surroundings surroundings) {
    return asked(() -> engine(surroundings));
  }

  /** Whether {@code emulate} runs its rules where it is absent. */
  public final boolean isEmulated() {
    return emulated() > 0;
  }

  private static Availability asked(Supplier<Availability> question) {
    try {
      return question.get();
    } catch (RuntimeException | LinkageError e) {
      return Availability.unavailable("looking for it failed: " + e);
    }
  }

  @Override
  public final Family family() {
    return Family.ACCELERATOR;
  }

  @Override
  public Answer answer(Request request) {
    boolean asked = request.asksFor(this);
    if (!asked && request.named(Family.ACCELERATOR).isPresent()) {
      return Answer.notConcerned("you named " + request.named(Family.ACCELERATOR).get());
    }
    if (!asked && request.word(Family.ACCELERATOR).isPresent()) {
      return Answer.notConcerned("accelerator is " + request.word(Family.ACCELERATOR).get());
    }
    Availability there = devices(request.surroundings());
    Availability engine = runtime(request.surroundings());
    boolean emulate = asked && emulated() > 0 && request.arguments().get(TrainerArguments.EMULATE);
    boolean here = request.surroundings().hardware().declared(kind()).isEmpty();
    if (emulate && (!there.isAvailable() || (here && !engine.isAvailable()))) {
      return fit(
          request, emulated(), "its rules run on %s (--emulate)".formatted(emulator()), true);
    }
    if (!there.isAvailable()) {
      return asked ? absent(there) : Answer.notConcerned(there.reason());
    }
    if (here && !engine.isAvailable() && !asked) {
      return Answer.notConcerned("%s, but %s".formatted(there.reason(), engine.reason()));
    }
    Answer.Fits fits =
        fit(request, there.count(), asked ? "you asked for it" : there.reason(), false);
    return here && !engine.isAvailable()
        ? fits.warning("%s can be planned but not run: %s.".formatted(name(), engine.reason()))
        : fits;
  }

  /** What is there: as declared, else found. */
  protected Availability there(Surroundings surroundings) {
    OptionalInt declared = surroundings.hardware().declared(kind());
    if (declared.isEmpty()) {
      return probe(surroundings);
    }
    return declared.getAsInt() > 0
        ? Availability.available(
            declared.getAsInt(), "the machine described has " + counted(declared.getAsInt()))
        : Availability.unavailable(
            "the machine described has no " + kind().toUpperCase(Locale.ROOT));
  }

  private Answer.Fits fit(Request request, int there, String why, boolean emulated) {
    Devices devices = request.arguments().get(TrainerArguments.DEVICES);
    Answer.Fits fits =
        Answer.fits(rank(), why)
            .with(Settings.DEVICE, kind())
            // One device is stood in for unless more are asked for.
            .with(Settings.DEVICES, all(emulated ? 1 : there))
            .with(Settings.EMULATED, emulated);
    if (emulated) {
      fits =
          fits.warning(
              "emulated: %s stands in for the %s, by its step rules; its numbers and its speed are the CPU's."
                  .formatted(emulator(), kind().toUpperCase(Locale.ROOT)));
    }
    if (devices == null) {
      return fits;
    }
    if (devices.isAuto()) {
      return isUnsaid(request)
          ? fits.objecting(
              conflict(
                  "devices auto needs to know the accelerator, and none is given.",
                  "Give --accelerator auto as well, or leave out --devices."))
          : fits.with(Settings.DEVICES, all(there));
    }
    if (devices.isNone()) {
      return fits.objecting(
          conflict(
              "devices %s leaves nothing to run on.".formatted(devices),
              "Give --devices 1, or leave it out."));
    }
    try {
      return fits.with(
          Settings.DEVICES, emulated ? selectEmulated(devices, there) : select(devices, there));
    } catch (IllegalArgumentException e) {
      return fits.objecting(
          conflict(
              "devices %s does not suit accelerator %s: it takes %s."
                  .formatted(devices, kind(), e.getMessage()),
              "Leave --devices out to use %s.".formatted(counted(all(there).size()))));
    }
  }

  private static boolean isUnsaid(Request request) {
    return !request.arguments().has(TrainerArguments.ACCELERATOR)
        && request.named(Family.ACCELERATOR).isEmpty();
  }

  private Answer.Fits absent(Availability there) {
    return Answer.fits(rank(), "you asked for it")
        .with(Settings.DEVICE, kind())
        .with(Settings.DEVICES, all(1))
        .objecting(
            Conflict.of(
                "Accelerator %s is not available: %s.".formatted(kind(), there.reason()),
                emulated() > 0
                    ? "Give --accelerator cpu, or --emulate to run its rules on this CPU."
                    : "Give --accelerator cpu, or run where there is one.",
                TrainerArguments.ACCELERATOR));
  }

  private static Conflict conflict(String message, String hint) {
    return Conflict.of(message, hint, TrainerArguments.DEVICES, TrainerArguments.ACCELERATOR);
  }

  private String counted(int count) {
    String kind = kind().toUpperCase(Locale.ROOT);
    return count == 1 ? "1 " + kind : count + " " + kind + "s";
  }
}
