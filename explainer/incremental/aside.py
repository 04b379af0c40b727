"""Something that takes a while and says little, found out by another process while this one goes on."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from functools import cache

_LONGEST = 4096
"""Bytes of an answer: so many are written at once, and nobody has to wait until they are read."""


def aside(find_out: Callable[[], bytes]) -> Callable[[], bytes]:
    """Begin to find something out in a process of its own; what is returned waits for the answer, and has it from then on.

    An answer has 1 to 4096 bytes. Where no process can be forked, or it is lost, the answer is found out here, when it is
    asked for.
    """
    if not _can_fork():
        return cache(find_out)
    here, there = os.pipe()
    try:
        process = os.fork()
    except OSError:  # there are too many, or there is no room
        os.close(here)
        os.close(there)
        return cache(find_out)
    if process == 0:
        _answer(find_out, there)
    os.close(there)
    return cache(lambda: _heard(process, here) or find_out())


def _can_fork() -> bool:
    """Not on other systems, where a process shares nothing with its parent; nor beside threads, which may hold a lock."""
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def _answer(find_out: Callable[[], bytes], there: int) -> None:
    """All that the other process does. It ends here, without what this one would do at its end."""
    try:
        os.write(there, find_out())
    finally:
        os._exit(0)


def _heard(process: int, here: int) -> bytes:
    """What it said; nothing where it was lost."""
    with open(here, "rb", buffering=0) as pipe:
        answer = pipe.read(_LONGEST) or b""
    with contextlib.suppress(ChildProcessError):  # whoever ends all processes of this one was quicker
        os.waitpid(process, 0)
    return answer
