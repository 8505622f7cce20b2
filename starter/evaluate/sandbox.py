"""Runs Python programs that a model wrote, each in a process of its own that can do little harm.

A child has no network (a namespace of its own where the system allows it, and no sockets in any case), can write
nothing into files, has a limit on memory and on processor time, and is killed when its time is up. Linux only.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

TIMEOUT_SECONDS = 3.0
MEMORY_BYTES = 2 << 30
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000


def passes(program: str, timeout_seconds: float = TIMEOUT_SECONDS) -> bool:
    """Whether a program runs to its end without an error and in time."""
    child = os.fork()
    if child == 0:
        _run_and_leave(program, timeout_seconds)
    return _wait(child, timeout_seconds)


def passing(programs: list[str], processes: int) -> list[bool]:
    """The same for many programs, a few at a time."""
    with ThreadPoolExecutor(processes) as pool:
        return list(pool.map(passes, programs))


def _run_and_leave(program: str, timeout_seconds: float) -> None:
    code = 1
    try:
        _confine(timeout_seconds)
        exec(compile(program, "<completion>", "exec"), {"__name__": "completion"})
        code = 0
    except BaseException:  # Whatever it raises, exits included, it did not pass.
        code = 1
    finally:
        os._exit(code)


def _confine(timeout_seconds: float) -> None:
    os.setsid()
    os.chdir("/")
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) != 0:
        libc.unshare(_NEW_USER | _NEW_NETWORK)
    seconds = int(timeout_seconds) + 1
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (value, value))
    if os.getuid() == 0:
        # The limit on processes does not bind root.
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    sys.modules["socket"] = sys.modules["subprocess"] = sys.modules["ctypes"] = None  # type: ignore[assignment]


def _wait(child: int, timeout_seconds: float) -> bool:
    deadline = time.monotonic() + timeout_seconds
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.002)
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:  # It has not come to lead a group yet.
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False
