package io.levin.optim.torch;

import io.levin.optim.NamedArray;
import io.levin.torch.Fused;
import java.util.List;

/** AdamW, as PyTorch's: weight decay shrinks the parameter itself; 0.01 unless said otherwise. */
public final class AdamW extends AdamFamily<AdamW> {
  public AdamW(List<NamedArray> parameters, double lr) {
    super(parameters, lr, 0.01);
  }

  @Override
  void fused(GroupLists lists, io.levin.torch.TensorList maxima, Fused.AdamOptions options) {
    Fused.adamW(
        lists.parameters(),
        lists.gradients(),
        lists.list(FIRST),
        lists.list(SECOND),
        maxima,
        lists.list(GroupLists.STEP),
        options);
  }

  @Override
  AdamW self() {
    return this;
  }
}
