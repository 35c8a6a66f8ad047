package io.levin.plan;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a bundle can do, registered as an OSGi service of this type; the extension point of Levin.
 *
 * <p>For every request the planner asks each offer for its {@link #answer}. The fit with the
 * highest specificity of a family is chosen; a tie of two bundles is a conflict that names both; a
 * refusal is a conflict whatever else fits, so an offer refuses only what it is the authority for.
 * Answering must be pure and quick: no logging, no native code, nothing kept.
 *
 * <p>Only when a plan without conflicts is carried out is the part {@link #create created}.
 *
 * @param <P> the type of the part: what {@link Family#type} of its family names
 */
@ConsumerType
public interface Offer<P> {
  Family family();

  /**
   * The plugin's class name as users write it in {@code plugins}, for example {@code
   * SLURMEnvironment}.
   */
  String name();

  /**
   * The words of the family's own argument that this offer answers to, for example {@code 16} and
   * {@code bf16}, or {@code ddp}; they tell a user what there is. Empty where the family has no
   * argument or the offer no word.
   */
  default Set<String> words() {
    return Set.of();
  }

  /**
   * The options that may follow the name in {@code plugins}, for example {@code precision} in
   * {@code NativeMixedPrecisionPlugin:precision=bf16}; any other is a conflict.
   */
  default Set<String> options() {
    return Set.of();
  }

  /** Whether and how well this plugin fits the request. */
  Answer answer(Request request);

  /**
   * Makes the part, for a plan in which this offer was chosen.
   *
   * @throws io.levin.LevinException when it cannot run here after all, saying why
   */
  P create(Creation creation);
}
