"""Gets the other tools, in the versions that are pinned here, into `.bench/`, which git ignores."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.tools.base import BENCHMARKS, HOUSE, Tool, executable

_PYTHON_PINS = "requirements.txt"
_NODE_PINS = ("package.json", "package-lock.json", ".npmrc")
_NODE = 20
"""The major version of Node from which on Eleventy is measured."""


def installed(tools: Iterable[Tool]) -> list[Tool]:
    """The tools that are to be had, after everything was tried to get them; of the others it is said why not."""
    at_hand = []
    for tool in tools:
        problem = _get(tool)
        if problem:
            print(f"skipped: {tool.title} ({problem})", file=sys.stderr)
        else:
            at_hand.append(tool)
    return at_hand


def version(tool: Tool) -> str:
    """The first line that a tool prints of itself, as far as it is about its version."""
    done = subprocess.run(tool.about(), capture_output=True, encoding="utf-8", check=False)
    words = done.stdout.replace(",", "").split()
    number = next((word for word in words if word.lstrip("v")[:1].isdigit()), "unknown")
    return number.lstrip("v").partition("-")[0].partition("+")[0]


def _get(tool: Tool) -> str:
    """Why a tool is not to be had; empty where it is."""
    try:
        if tool.name in ("hugo", "pelican"):
            _python_tools()
        elif tool.name == "eleventy":
            _node_tools()
    except (OSError, subprocess.CalledProcessError) as error:
        return f"could not be installed: {error}"
    return "" if tool.needs().exists() else f"there is no {tool.needs()}"


def _python_tools() -> None:
    """A virtual environment of their own: what they need must not mix with what explainer needs."""
    folder = HOUSE / "python"
    if _is_current(folder, _PYTHON_PINS):
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    python = str(executable(folder, "python"))
    pins = str(BENCHMARKS / _PYTHON_PINS)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", pins], check=True)
    _mark_current(folder, _PYTHON_PINS)


def _node_tools() -> None:
    folder = HOUSE / "node"
    if _is_current(folder, *_NODE_PINS):
        return
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        message = "Node is not installed"
        raise FileNotFoundError(message)
    found = subprocess.run([node, "--version"], capture_output=True, encoding="utf-8", check=True).stdout.strip()
    if int(found.lstrip("v").partition(".")[0]) < _NODE:
        message = f"Node is {found}, and {_NODE} is needed"
        raise FileNotFoundError(message)
    folder.mkdir(parents=True, exist_ok=True)
    for name in _NODE_PINS:
        shutil.copyfile(BENCHMARKS / name, folder / name)
    subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)
    _mark_current(folder, *_NODE_PINS)


def _pins(names: tuple[str, ...]) -> bytes:
    return b"".join((BENCHMARKS / name).read_bytes() for name in names)


def _is_current(folder: Path, *names: str) -> bool:
    """Whether what is installed was installed from these pins."""
    stamp = folder / "pins.stamp"
    return stamp.exists() and stamp.read_bytes() == _pins(names)


def _mark_current(folder: Path, *names: str) -> None:
    (folder / "pins.stamp").write_bytes(_pins(names))


def environment(tool: Tool) -> dict[str, str]:
    """What a tool is started with: no colours, no reports to its makers, no look for newer versions.

    Python keeps what it compiled, as where a package is installed.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "NO_COLOR": "1", "CI": "1", **tool.environment}
