"""Runs the tests where only the loopback interface exists, to prove that nothing needs the network.

It moves itself into a network namespace of its own (Linux), brings `lo` up, and becomes pytest. Where
namespaces are not allowed it says so, and the tests run with whatever network there is.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS = 0x8914
IFF_UP = 0x1


def enter_namespace() -> None:
    """Leave every network interface behind; raises OSError where that is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    flags = CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWNET | CLONE_NEWUSER
    if libc.unshare(flags) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def raise_loopback() -> None:
    """Bring `lo` up: a fresh namespace has it, but down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def main() -> None:
    """Become pytest, offline where that can be had."""
    try:
        enter_namespace()
        raise_loopback()
    except (OSError, AttributeError) as problem:
        print(f"offline: this machine allows no network namespace ({problem})", flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[1:]])


if __name__ == "__main__":
    main()
