"""What another process finds out meanwhile."""

import os
import signal
import threading
from collections.abc import Callable

import pytest

from explainer.incremental.aside import aside

forked = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")


def who() -> bytes:
    return str(os.getpid()).encode()


@forked
def test_another_process_finds_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainer.incremental.aside.sys.platform", "linux")
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    answer = aside(who)
    assert int(answer()) != os.getpid()
    assert answer() == answer()
    with pytest.raises(ChildProcessError):
        os.waitpid(int(answer()), os.WNOHANG)


def dies() -> bytes:
    """In another process alone."""
    if os.getpid() != PARENT:
        os.kill(os.getpid(), signal.SIGKILL)
    return b"here"


def fails() -> bytes:
    if os.getpid() != PARENT:
        raise OSError
    return b"here"


PARENT = os.getpid()


@forked
@pytest.mark.parametrize("find_out", [dies, fails], ids=lambda f: f.__name__)
def test_where_it_is_lost_it_is_found_out_here(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], find_out: Callable[[], bytes]
) -> None:
    monkeypatch.setattr("explainer.incremental.aside.sys.platform", "linux")
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert aside(find_out)() == b"here"
    assert capfd.readouterr() == ("", "")


def no_room() -> int:
    raise BlockingIOError(11, "Resource temporarily unavailable")


def test_where_no_process_can_be_forked_it_is_found_out_here(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(threading, "active_count", lambda: 2)
        assert aside(who)() == who()
    with monkeypatch.context() as patch:
        patch.delattr(os, "fork", raising=False)
        assert aside(who)() == who()
    monkeypatch.setattr(os, "fork", no_room, raising=False)
    assert aside(who)() == who()
