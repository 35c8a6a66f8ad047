package io.levin.strategy.builtin;

import io.levin.plan.Offer;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers DeepSpeed's ZeRO, by its stages. */
@Component(service = Offer.class)
public final class DeepSpeedStrategyOffer extends ProcessesOffer {
  @Override
  public String name() {
    return "DeepSpeedStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of(
        "deepspeed",
        "deepspeed_stage_1",
        "deepspeed_stage_2",
        "deepspeed_stage_2_offload",
        "deepspeed_stage_3",
        "deepspeed_stage_3_offload",
        "deepspeed_stage_3_offload_nvme");
  }

  @Override
  protected String word() {
    return "deepspeed";
  }
}
