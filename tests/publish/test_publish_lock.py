from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from explainer.diagnostics import Kind
from explainer.publish import build_lock

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from explainer.publish import build_lock
with build_lock(Path(sys.argv[1])) as problem:
    print(problem is None, flush=True)
    sys.stdin.read()
"""


def test_one_build_at_a_time(tmp_path: Path) -> None:
    with build_lock(tmp_path) as first, build_lock(tmp_path) as second:
        assert first is None
        assert second is not None
        assert second.kind is Kind.BUSY
        assert "another build of this site is running" in second.message
    with build_lock(tmp_path) as third:
        assert third is None


def test_another_process_holds_it_until_it_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}  # the package need not be installed
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"True"
        with build_lock(tmp_path) as problem:
            assert problem is not None
        other.kill()
    with build_lock(tmp_path, timeout=5) as problem:
        assert problem is None


def test_a_bug_in_the_build_frees_it_and_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), build_lock(tmp_path):
        raise ZeroDivisionError
    with build_lock(tmp_path) as problem:
        assert problem is None


def test_a_place_where_no_lock_can_be(tmp_path: Path) -> None:
    (tmp_path / ".explainer").write_bytes(b"a file")
    with build_lock(tmp_path) as problem:
        assert problem is not None
        assert problem.kind is Kind.OUTPUT_REFUSED
