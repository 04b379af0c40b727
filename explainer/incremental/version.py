"""Which program wrote a store: another one's is not read."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import explainer

SCHEMA = 1
"""Counts the shapes that stores have had."""


@cache
def tool_version() -> str:
    """Changes with this program, with Python, and whenever a package is installed or removed beside it."""
    package = Path(explainer.__file__).parent
    own = max(file.stat().st_mtime_ns for file in package.rglob("*.py"))
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{explainer.__version__} {SCHEMA} {own} {_packages()} python {python}"


def _packages() -> tuple[int, ...]:
    """When each folder of packages was last changed: pip puts a folder into it for every version of a package."""
    folders = (Path(folder) for folder in sys.path if folder.endswith(("site-packages", "dist-packages")))
    return tuple(folder.stat().st_mtime_ns for folder in folders if folder.is_dir())
