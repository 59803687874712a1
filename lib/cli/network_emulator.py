"""A network whose packets are late and sometimes lost, between hosts in network namespaces.

    network_emulator.py DELAY LOSS NAMESPACE...

DELAY is in milliseconds, one way; LOSS is a share. Each namespace gets a device eth0, and this
process hands each packet on to the host that it is for. It says "ready" when the devices are there.
"""

import collections
import fcntl
import os
import random
import select
import struct
import subprocess
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
LONGEST = 65536


def device(namespace, number):
    """Makes a device that this process reads and writes, and moves it into a namespace."""
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    name = f"emulated{number}"
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    subprocess.run(["ip", "link", "set", name, "netns", namespace, "name", "eth0"], check=True)
    return tun


def main():
    delay, loss = float(sys.argv[1]) / 1000, float(sys.argv[2])
    tuns = [device(namespace, i) for i, namespace in enumerate(sys.argv[3:])]
    print("ready", flush=True)
    # All packets take equally long, so that they leave in the order in which they came.
    waiting = collections.deque()
    while True:
        timeout = max(0, waiting[0][0] - time.monotonic()) if waiting else None
        for tun in select.select(tuns, [], [], timeout)[0]:
            packet = os.read(tun, LONGEST)
            is_ipv4 = packet[0] >> 4 == 4
            host = packet[19] - 1 if is_ipv4 else -1
            if 0 <= host < len(tuns) and random.random() >= loss:
                waiting.append((time.monotonic() + delay, tuns[host], packet))
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            _, tun, packet = waiting.popleft()
            try:
                os.write(tun, packet)
            except BlockingIOError:
                pass  # The host's queue is full: the packet is lost, as it would be anywhere.


main()
