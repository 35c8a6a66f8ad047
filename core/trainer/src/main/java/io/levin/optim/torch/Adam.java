package io.levin.optim.torch;

import io.levin.optim.NamedArray;
import io.levin.torch.Fused;
import java.util.List;

/** Adam, as PyTorch's: weight decay is added to the gradient. */
public final class Adam extends AdamFamily<Adam> {
  public Adam(List<NamedArray> parameters, double lr) {
    super(parameters, lr, 0);
  }

  @Override
  void fused(GroupLists lists, io.levin.torch.TensorList maxima, Fused.AdamOptions options) {
    Fused.adam(
        lists.parameters(),
        lists.gradients(),
        lists.list(FIRST),
        lists.list(SECOND),
        maxima,
        lists.list(GroupLists.STEP),
        options);
  }

  @Override
  Adam self() {
    return this;
  }
}
