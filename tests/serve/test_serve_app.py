from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from serve_helpers import PATIENCE, SITE, FakeWatcher, good

from explainer.serve import serve_site
from explainer.serve.app import PreviewServer, bind_port

PREVIEW = """
import signal, sys, threading
from pathlib import Path
from explainer.serve import PreviewBuild, serve_site
signal.signal(signal.SIGINT, signal.default_int_handler)
root = Path(sys.argv[1])
def build(_waiting):
    return PreviewBuild({"index.html": (root / "content" / "x.md").read_bytes()}, (), "built")
def announce(line):
    print(line, flush=True)
serve_site(build, watch=[root / "content"], site_root=root, port=0, announce=announce)
print(sorted(t.name for t in threading.enumerate()), flush=True)
"""


def test_a_port_that_is_taken() -> None:
    first = bind_port(0)
    port = first.getsockname()[1]
    second = bind_port(port)
    try:
        assert port < second.getsockname()[1] <= port + 20
    finally:
        first.close()
        second.close()


def test_the_other_port_is_said(tmp_path: Path) -> None:
    taken = bind_port(0)
    port, said = taken.getsockname()[1], list[str]()
    server = PreviewServer(lambda _waiting: good(), site_root=tmp_path, watcher=FakeWatcher(), announce=said.append)
    server.serve(port=port, ready=lambda _address: server.stop())
    taken.close()
    assert said[0].startswith(f"Port {port} is taken, so the preview uses ")
    assert said[1].startswith("Preview at http://127.0.0.1:")
    assert said[2] == "built"


def test_no_port_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(address: tuple[str, int], **_: int) -> None:
        tried.append(address[1])
        raise OSError(errno.EADDRINUSE, "Address already in use")

    tried: list[int] = []
    monkeypatch.setattr(socket, "create_server", taken)
    with pytest.raises(OSError, match="No port from 8000 to 8020 is free"):
        bind_port(8000)
    assert tried == list(range(8000, 8021))


def test_only_this_computer_is_listened_to() -> None:
    bound = bind_port(0)
    assert bound.getsockname()[0] == "127.0.0.1"
    assert bound.family is socket.AF_INET
    bound.close()


def test_the_browser_is_opened_after_the_first_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, bool]] = []
    built = threading.Event()

    def visit(address: str) -> None:
        opened.append((address, built.is_set()))
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("webbrowser.open", visit)
    # A shell starts jobs in the background with Ctrl-C ignored.
    before_handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    said: list[str] = []
    before = threading.active_count()
    serve_site(
        lambda _waiting: built.set() or good(SITE),  # type: ignore[func-returns-value]
        watch=[],
        site_root=tmp_path,
        port=0,
        open_browser=True,
        announce=said.append,
    )
    signal.signal(signal.SIGINT, before_handler)
    ((address, after_build),) = opened
    assert after_build
    assert address in said[0]
    assert said[-1] == "Stopped"
    assert threading.active_count() == before


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process there")
@pytest.mark.parametrize("building", [False, True])
def test_control_c_ends_it_cleanly(tmp_path: Path, *, building: bool) -> None:
    (tmp_path / "content").mkdir()
    article = tmp_path / "content/x.md"
    article.write_text("one", "utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "error", "-c", PREVIEW, str(tmp_path)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=env, text=True, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline().startswith("Preview at http://127.0.0.1:")
        if not building:
            assert process.stdout.readline() == "built\n"
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert process.returncode == 0
    assert err == ""
    assert out.splitlines()[-2:] == ["Stopped", "['MainThread']"]
