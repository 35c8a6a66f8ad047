"""Reads a safetensors file with the reference implementation: one JSON object, name to dtype, shape and SHA-256."""
import hashlib, json, sys
from safetensors import safe_open
import torch

found = {}
with safe_open(sys.argv[1], "pt") as opened:
    for name in opened.keys():
        tensor = opened.get_tensor(name)
        raw = tensor.contiguous().view(-1).view(torch.uint8).numpy().tobytes() if tensor.numel() and tensor.dtype != torch.bool else (
            tensor.to(torch.uint8).numpy().tobytes())
        found[name] = {"dtype": str(tensor.dtype).removeprefix("torch."), "shape": list(tensor.shape), "sha256": hashlib.sha256(raw).hexdigest()}
print(json.dumps(found))
