class Ops(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Ops,
    x: Tensor) -> Tensor:
    return x
  def chunk(self: __torch__.Ops,
    x: Tensor,
    size: int) -> int:
    rows = 1
    if torch.gt(torch.dim(x), 0):
      rows = torch.size(x, 0)
    width = torch.floordiv(torch.numel(x), rows)
    return torch.mul(torch.floordiv(torch.sub(torch.add(rows, size), 1), size), width)
  def pack(self: __torch__.Ops,
    flat: Tensor,
    wholes: List[Tensor],
    size: int) -> int:
    at = 0
    for _0 in range(torch.len(wholes)):
      x = torch.reshape(wholes[_0], [-1])
      chunk = (self).chunk(wholes[_0], size, )
      for r in range(size):
        start = torch.mul(r, chunk)
        length = ops.prim.min(chunk, torch.sub(torch.numel(x), start))
        if torch.gt(length, 0):
          _1 = torch.copy_(torch.narrow(torch.select(flat, 0, r), 0, at, length), torch.narrow(x, 0, start, length))
      at = torch.add(at, chunk)
    return at
  def unpack(self: __torch__.Ops,
    flat: Tensor,
    wholes: List[Tensor],
    size: int) -> int:
    at = 0
    for _0 in range(torch.len(wholes)):
      x = torch.view(ops.prim.data(wholes[_0]), [-1])
      chunk = (self).chunk(wholes[_0], size, )
      for r in range(size):
        start = torch.mul(r, chunk)
        length = ops.prim.min(chunk, torch.sub(torch.numel(x), start))
        if torch.gt(length, 0):
          _1 = torch.copy_(torch.narrow(x, 0, start, length), torch.narrow(torch.select(flat, 0, r), 0, at, length))
      at = torch.add(at, chunk)
    return at
  def pack_parts(self: __torch__.Ops,
    flat: Tensor,
    parts: List[Tensor],
    offsets: List[int]) -> int:
    for _0 in range(torch.len(parts)):
      x = torch.reshape(parts[_0], [-1])
      if torch.gt(torch.numel(x), 0):
        _1 = torch.copy_(torch.narrow(flat, 0, offsets[_0], torch.numel(x)), x)
    return 0
  def add_parts(self: __torch__.Ops,
    flat: Tensor,
    parts: List[Tensor],
    offsets: List[int]) -> int:
    for _0 in range(torch.len(parts)):
      x = torch.view(parts[_0], [-1])
      if torch.gt(torch.numel(x), 0):
        _1 = torch.add_(x, torch.narrow(flat, 0, offsets[_0], torch.numel(x)))
    return 0
  def allocate(self: __torch__.Ops,
    x: Tensor) -> int:
    empty = torch.as_strided(ops.prim.data(x), [0], [1], 0)
    _0 = torch.resize_(empty, [torch.numel(x)])
    return 0
