"""Compares two kernels in how long a cell takes.

Usage: bench.py KERNEL KERNEL. Prints medians and 90th percentiles in milliseconds.
"""

import statistics
import sys
import time

from driver import Kernel

CELLS = 200
KINDS = {"an empty cell": "", "a value": "[1, 2, 3]"}


def milliseconds(kernel, code):
    started = time.perf_counter()
    client = kernel.client
    message_id = client.execute(code)
    while client.get_shell_msg(timeout=30)["parent_header"].get("msg_id") != message_id:
        pass
    return 1000 * (time.perf_counter() - started)


def main():
    names = sys.argv[1:3]
    kernels = []
    for name in names:
        started = time.perf_counter()
        kernel = Kernel(name)
        kernel.run("1")
        kernels.append(kernel)
        print(f"{name:10} first value after {time.perf_counter() - started:.2f} s", flush=True)
    for kind, code in KINDS.items():
        times = {name: [] for name in names}
        for _ in range(CELLS):
            for name, kernel in zip(names, kernels):
                times[name].append(milliseconds(kernel, code))
        for name, taken in times.items():
            ninety = statistics.quantiles(taken, n=10)[-1]
            print(f"{name:10} {kind:14} {statistics.median(taken):6.2f} ms, 90 % under {ninety:6.2f} ms")
    for kernel in kernels:
        kernel.__exit__()


main()
