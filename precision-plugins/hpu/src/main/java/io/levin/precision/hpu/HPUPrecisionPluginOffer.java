package io.levin.precision.hpu;

import io.levin.arguments.TrainerArguments;
import io.levin.engine.Mends;
import io.levin.plan.Conflict;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.precision.DevicePrecisionOffer;
import io.levin.precision.PrecisionPlugin;
import io.levin.torch.OpLists;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers 16, 32 and bf16 on Habana's processors. */
@Component(service = Offer.class)
public final class HPUPrecisionPluginOffer extends DevicePrecisionOffer {
  private static final Logger LOG = LoggerFactory.getLogger(HPUPrecisionPluginOffer.class);
  private static final String LEVEL = "opt_level";
  private static final String BF16_FILE = "bf16_file_path";
  private static final String FP32_FILE = "fp32_file_path";
  private static final String VERBOSE = "verbose";

  @Override
  public String name() {
    return "HPUPrecisionPlugin";
  }

  @Override
  public Set<String> words() {
    return Set.of("16", "32", "bf16");
  }

  @Override
  public Set<String> options() {
    return Set.of(PRECISION_OPTION, LEVEL, BF16_FILE, FP32_FILE, VERBOSE);
  }

  @Override
  protected String kind() {
    return "hpu";
  }

  @Override
  protected Set<String> siblings() {
    return Set.of("HPUPrecisionPlugin");
  }

  @Override
  protected Set<String> impossible() {
    return Set.of("64");
  }

  @Override
  protected Optional<Conflict> objection(Request request) {
    Optional<String> unknown = option(request, LEVEL).filter(l -> !HPUOpLists.LEVELS.contains(l));
    if (unknown.isPresent()) {
      return Optional.of(
          Conflict.of(
              "There is no opt_level '%s'. There are: O1, O2.".formatted(unknown.get()),
              "Give HPUPrecisionPlugin:opt_level=O2.",
              TrainerArguments.PLUGINS));
    }
    try {
      lists(request);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          Conflict.of(
              "HPUPrecisionPlugin: %s.".formatted(e.getMessage()),
              "Mend it, or leave it out: the lists of the opt_level are usual.",
              TrainerArguments.PLUGINS));
    }
  }

  private OpLists lists(Request request) {
    return HPUOpLists.of(
        option(request, LEVEL).orElse("O2"),
        option(request, BF16_FILE),
        option(request, FP32_FILE),
        request.surroundings());
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    demand(
        "Levin's mends of DJL",
        Mends.missing(),
        "Put levin-engine ahead of DJL's jars on the class path.");
    OpLists lists = lists(creation.request());
    if (option(creation.request(), VERBOSE).filter("true"::equals).isPresent()) {
      LOG.info("in bf16: {}", new TreeSet<>(lists.lowered()));
      LOG.info("in 32 bits: {}", new TreeSet<>(lists.full()));
    }
    return new HPUPrecisionPlugin(creation.plan().precision(), lists);
  }
}
