"""The benchmarks can be started where their data is not."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def test_linking_says_that_its_data_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    linking = runpy.run_path(str(BENCHMARKS / "linking.py"), run_name="linking")
    main = linking["main"]
    main.__globals__["DATA"] = tmp_path / "eval"
    assert main() == 0
    assert capsys.readouterr().out == f"skipped: the development data is not in {tmp_path / 'eval'}\n"
