"""The command line, called in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from explainer.cli import main
from tests.sites import Site


def call(*arguments: str | Path, site: Site | None = None) -> Result:
    """In this process. An exception that is no exit is a bug and shows as one."""
    where = ["--site", str(site.root)] if site else []
    result = CliRunner().invoke(main, [*map(str, arguments), *where], prog_name="explainer", catch_exceptions=False)
    assert "Traceback" not in result.output
    return result


def environment(**more: str) -> dict[str, str]:
    """The package need not be installed."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), **more}


def run(*arguments: str | Path, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, with its output in pipes."""
    return subprocess.run(
        [sys.executable, "-m", "explainer", *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=cwd,
        encoding="utf-8",
        env=environment(**more),
    )
