class Ops(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Ops,
    x: Tensor) -> Tensor:
    return x
  def bf16(self: __torch__.Ops,
    x: Tensor) -> Tensor:
    return torch.to(x, 15)
  def fp16(self: __torch__.Ops,
    x: Tensor) -> Tensor:
    return torch.to(x, 5)
  def fp32(self: __torch__.Ops,
    x: Tensor) -> Tensor:
    return torch.to(x, 6)
  def fp64(self: __torch__.Ops,
    x: Tensor) -> Tensor:
    return torch.to(x, 7)
  def dtype(self: __torch__.Ops,
    x: Tensor) -> int:
    return ops.prim.dtype(x)
  def recorded(self: __torch__.Ops,
    x: Tensor) -> bool:
    return ops.prim.requires_grad(x)
  def zero(self: __torch__.Ops,
    g: List[Tensor]) -> int:
    _0 = torch._foreach_zero_(g)
    return 0
  def norm(self: __torch__.Ops,
    g: List[Tensor]) -> Tensor:
    ns = torch._foreach_norm(g, 2)
    return torch.norm(torch.stack(ns), 2)
  def clip_norm(self: __torch__.Ops,
    g: List[Tensor],
    limit: float) -> int:
    ns = torch._foreach_norm(g, 2)
    total = torch.norm(torch.stack(ns), 2)
    c = torch.clamp(torch.mul(torch.reciprocal(torch.add(total, 9.9999999999999995e-07)), limit), None, 1.)
    _0 = torch._foreach_mul_(g, c)
    return 0
  def scale(self: __torch__.Ops,
    g: List[Tensor],
    factor: float) -> int:
    _0 = torch._foreach_mul_(g, factor)
    return 0
  def add(self: __torch__.Ops,
    a: List[Tensor],
    b: List[Tensor],
    factor: float) -> int:
    _0 = torch._foreach_add_(a, b, alpha=factor)
    return 0
  def clip_value(self: __torch__.Ops,
    g: List[Tensor],
    limit: float) -> int:
    _0 = torch._foreach_clamp_min_(g, torch.neg(limit))
    _1 = torch._foreach_clamp_max_(g, limit)
    return 0
  def unscale(self: __torch__.Ops,
    g: List[Tensor],
    found: Tensor,
    inv: Tensor) -> int:
    _0 = torch._amp_foreach_non_finite_check_and_unscale_(g, found, inv)
    return 0
  def sgd(self: __torch__.Ops,
    p: List[Tensor],
    g: List[Tensor],
    m: List[Tensor],
    lr: float,
    wd: float,
    momentum: float,
    dampening: float,
    nesterov: bool,
    maximize: bool,
    first: bool) -> int:
    _0 = torch._fused_sgd_(p, g, m, weight_decay=wd, momentum=momentum, lr=lr, dampening=dampening, nesterov=nesterov, maximize=maximize, is_first_step=first)
    return 0
  def adam(self: __torch__.Ops,
    p: List[Tensor],
    g: List[Tensor],
    m: List[Tensor],
    v: List[Tensor],
    mx: List[Tensor],
    s: List[Tensor],
    lr: float,
    b1: float,
    b2: float,
    wd: float,
    eps: float,
    amsgrad: bool,
    maximize: bool) -> int:
    _0 = torch._foreach_add_(s, 1)
    _1 = torch._fused_adam_(p, g, m, v, mx, s, lr=lr, beta1=b1, beta2=b2, weight_decay=wd, eps=eps, amsgrad=amsgrad, maximize=maximize)
    return 0
  def adamw(self: __torch__.Ops,
    p: List[Tensor],
    g: List[Tensor],
    m: List[Tensor],
    v: List[Tensor],
    mx: List[Tensor],
    s: List[Tensor],
    lr: float,
    b1: float,
    b2: float,
    wd: float,
    eps: float,
    amsgrad: bool,
    maximize: bool) -> int:
    _0 = torch._foreach_add_(s, 1)
    _1 = torch._fused_adamw_(p, g, m, v, mx, s, lr=lr, beta1=b1, beta2=b2, weight_decay=wd, eps=eps, amsgrad=amsgrad, maximize=maximize)
    return 0
  def cross_entropy(self: __torch__.Ops,
    x: Tensor,
    y: Tensor) -> Tensor:
    return torch.cross_entropy_loss(torch.to(x, 6), y)
  def cross_entropy_wide(self: __torch__.Ops,
    x: Tensor,
    y: Tensor) -> Tensor:
    return torch.cross_entropy_loss(x, y)
  def attention(self: __torch__.Ops,
    q: Tensor,
    k: Tensor,
    v: Tensor) -> Tensor:
    return torch.scaled_dot_product_attention(q, k, v, None, 0., True)
  def widened(self: __torch__.Ops,
    x: List[Tensor]) -> List[Tensor]:
    wide = annotate(List[Tensor], [])
    for _0 in range(torch.len(x)):
      _1 = torch.append(wide, torch.to(x[_0], 6))
    return wide
  def sgd_narrow(self: __torch__.Ops,
    p: List[Tensor],
    g: List[Tensor],
    m: List[Tensor],
    lr: float,
    wd: float,
    momentum: float,
    dampening: float,
    nesterov: bool,
    maximize: bool,
    first: bool) -> int:
    pw = (self).widened(p, )
    gw = (self).widened(g, )
    _0 = torch._fused_sgd_(pw, gw, m, weight_decay=wd, momentum=momentum, lr=lr, dampening=dampening, nesterov=nesterov, maximize=maximize, is_first_step=first)
    _9 = torch._foreach_copy_(p, pw)
    return 0
  def adam_narrow(self: __torch__.Ops,
    p: List[Tensor],
    g: List[Tensor],
    m: List[Tensor],
    v: List[Tensor],
    mx: List[Tensor],
    s: List[Tensor],
    lr: float,
    b1: float,
    b2: float,
    wd: float,
    eps: float,
    amsgrad: bool,
    maximize: bool) -> int:
    pw = (self).widened(p, )
    gw = (self).widened(g, )
    _0 = torch._foreach_add_(s, 1)
    _1 = torch._fused_adam_(pw, gw, m, v, mx, s, lr=lr, beta1=b1, beta2=b2, weight_decay=wd, eps=eps, amsgrad=amsgrad, maximize=maximize)
    _9 = torch._foreach_copy_(p, pw)
    return 0
  def adamw_narrow(self: __torch__.Ops,
    p: List[Tensor],
    g: List[Tensor],
    m: List[Tensor],
    v: List[Tensor],
    mx: List[Tensor],
    s: List[Tensor],
    lr: float,
    b1: float,
    b2: float,
    wd: float,
    eps: float,
    amsgrad: bool,
    maximize: bool) -> int:
    pw = (self).widened(p, )
    gw = (self).widened(g, )
    _0 = torch._foreach_add_(s, 1)
    _1 = torch._fused_adamw_(pw, gw, m, v, mx, s, lr=lr, beta1=b1, beta2=b2, weight_decay=wd, eps=eps, amsgrad=amsgrad, maximize=maximize)
    _9 = torch._foreach_copy_(p, pw)
    return 0
