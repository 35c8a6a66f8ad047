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
  def copy(self: __torch__.Ops,
    to: Tensor,
    source: Tensor) -> int:
    _0 = torch.copy_(to, source)
    return 0
  def norm_each(self: __torch__.Ops,
    g: List[Tensor]) -> Tensor:
    squares = annotate(List[Tensor], [])
    for _0 in range(torch.len(g)):
      _1 = torch.append(squares, torch.sum(torch.mul(g[_0], g[_0])))
    return torch.sqrt(torch.sum(torch.stack(squares)))
  def clip_norm_each(self: __torch__.Ops,
    g: List[Tensor],
    limit: float) -> int:
    total = (self).norm_each(g, )
    c = torch.clamp(torch.mul(torch.reciprocal(torch.add(total, 9.9999999999999995e-07)), limit), None, 1.)
    for _0 in range(torch.len(g)):
      _1 = torch.mul_(g[_0], c)
    return 0
  def unscale_each(self: __torch__.Ops,
    g: List[Tensor],
    found: Tensor,
    inv: Tensor) -> int:
    for _0 in range(torch.len(g)):
      zero = torch.sum(torch.mul(g[_0], 0.))
      bad = torch.to(torch.ne(zero, zero), 6)
      worst = torch.maximum(found, bad)
      _1 = torch.add_(torch.mul_(found, 0.), worst)
      _2 = torch.mul_(g[_0], inv)
    return 0
  def sgd_each(self: __torch__.Ops,
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
    for _0 in range(torch.len(p)):
      if maximize:
        d = torch.neg(g[_0])
      else:
        d = g[_0]
      if torch.ne(wd, 0.):
        d0 = torch.add(d, p[_0], alpha=wd)
      else:
        d0 = d
      if torch.ne(momentum, 0.):
        if first:
          _1 = torch.add_(torch.mul_(m[_0], 0.), d0)
        else:
          _2 = torch.add_(torch.mul_(m[_0], momentum), d0, alpha=torch.sub(1., dampening))
        if nesterov:
          d1 = torch.add(d0, m[_0], alpha=momentum)
        else:
          d1 = m[_0]
      else:
        d1 = d0
      _3 = torch.add_(p[_0], d1, alpha=torch.neg(lr))
    return 0
  def adam_each(self: __torch__.Ops,
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
    for _0 in range(torch.len(p)):
      _1 = torch.add_(s[_0], 1)
      step = float(s[_0])
      if maximize:
        d = torch.neg(g[_0])
      else:
        d = g[_0]
      d0 = torch.add(d, p[_0], alpha=wd)
      _3 = torch.add_(torch.mul_(m[_0], b1), d0, alpha=torch.sub(1., b1))
      _4 = torch.addcmul_(torch.mul_(v[_0], b2), d0, d0, value=torch.sub(1., b2))
      if amsgrad:
        largest = torch.maximum(mx[_0], v[_0])
        _5 = torch.add_(torch.mul_(mx[_0], 0.), largest)
      else:
        largest = v[_0]
      c1 = torch.sub(1., torch.pow(b1, step))
      c2 = torch.pow(torch.sub(1., torch.pow(b2, step)), 0.5)
      denominator = torch.add(torch.div(torch.sqrt(largest), c2), eps)
      _6 = torch.addcdiv_(p[_0], m[_0], denominator, value=torch.neg(torch.div(lr, c1)))
    return 0
  def adamw_each(self: __torch__.Ops,
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
    for _0 in range(torch.len(p)):
      _1 = torch.add_(s[_0], 1)
      step = float(s[_0])
      if maximize:
        d = torch.neg(g[_0])
      else:
        d = g[_0]
      d0 = d
      _2 = torch.mul_(p[_0], torch.sub(1., torch.mul(lr, wd)))
      _3 = torch.add_(torch.mul_(m[_0], b1), d0, alpha=torch.sub(1., b1))
      _4 = torch.addcmul_(torch.mul_(v[_0], b2), d0, d0, value=torch.sub(1., b2))
      if amsgrad:
        largest = torch.maximum(mx[_0], v[_0])
        _5 = torch.add_(torch.mul_(mx[_0], 0.), largest)
      else:
        largest = v[_0]
      c1 = torch.sub(1., torch.pow(b1, step))
      c2 = torch.pow(torch.sub(1., torch.pow(b2, step)), 0.5)
      denominator = torch.add(torch.div(torch.sqrt(largest), c2), eps)
      _6 = torch.addcdiv_(p[_0], m[_0], denominator, value=torch.neg(torch.div(lr, c1)))
    return 0
  def sgd_narrow_each(self: __torch__.Ops,
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
    _0 = (self).sgd_each(pw, (self).widened(g, ), m, lr, wd, momentum, dampening, nesterov, maximize, first, )
    for _1 in range(torch.len(p)):
      _2 = torch.copy_(p[_1], pw[_1])
    return 0
  def adam_narrow_each(self: __torch__.Ops,
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
    _0 = (self).adam_each(pw, (self).widened(g, ), m, v, mx, s, lr, b1, b2, wd, eps, amsgrad, maximize, )
    for _1 in range(torch.len(p)):
      _2 = torch.copy_(p[_1], pw[_1])
    return 0
  def adamw_narrow_each(self: __torch__.Ops,
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
    _0 = (self).adamw_each(pw, (self).widened(g, ), m, v, mx, s, lr, b1, b2, wd, eps, amsgrad, maximize, )
    for _1 in range(torch.len(p)):
      _2 = torch.copy_(p[_1], pw[_1])
    return 0
  def host(self: __torch__.Ops,
    x: Tensor) -> Tensor:
    return torch.to(x, torch.device("cpu"), ops.prim.dtype(x))
  def like(self: __torch__.Ops,
    x: Tensor,
    y: Tensor) -> Tensor:
    return torch.to(x, ops.prim.device(y), ops.prim.dtype(x))
  def pinned(self: __torch__.Ops,
    x: Tensor) -> Tensor:
    return torch.pin_memory(x)
