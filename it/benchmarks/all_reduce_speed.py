"""The same two measurements with Python's own torch: python3 all_reduce_speed.py RANK PORT"""

import statistics
import sys
import time

import torch
import torch.distributed as dist

rank, port = int(sys.argv[1]), int(sys.argv[2])
dist.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{port}", rank=rank, world_size=2)
torch.set_num_threads(1)


def measured(array, warm_up, rounds, barrier):
    times = []
    for i in range(-warm_up, rounds):
        if barrier:
            dist.barrier()
        start = time.perf_counter()
        dist.all_reduce(array)
        if i >= 0:
            times.append(time.perf_counter() - start)
    return times


large = statistics.median(measured(torch.zeros(16 << 20), 3, 15, True))
tiny = measured(torch.zeros(1), 3000, 3000, False)
if rank == 0:
    print(
        f"PyTorch {torch.__version__}: 64 MiB all-reduced in {large * 1e3:.1f} ms;"
        f" 4 bytes in {statistics.median(tiny) * 1e6:.0f} us (fastest {min(tiny) * 1e6:.0f})",
        file=sys.stderr,
    )
dist.destroy_process_group()
