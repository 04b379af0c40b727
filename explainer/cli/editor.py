"""A file in the editor that the environment names, at a line."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

_PLUS = frozenset("vi vim nvim view gvim nano pico emacs emacsclient mg jed joe ne micro kak ed ee".split())
"""Editors that take `+LINE FILE`."""
_GOTO = frozenset("code code-insiders codium vscodium cursor windsurf".split())
"""Editors that take `--goto FILE:LINE:COLUMN`, and that must be told to wait."""
_COLON = frozenset("hx helix subl zed lapce".split())
"""Editors that take `FILE:LINE:COLUMN`."""
_WAIT = frozenset("subl zed".split())


def open_editor(path: Path, *, line: int, column: int) -> str:
    """Wait until the editor is closed. What is to be told if there is none, or if it fails; else an empty string."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not command.strip():
        return f"neither VISUAL nor EDITOR names an editor; the place is {path}:{line}:{column}"
    try:
        words = editor_command(command, path, line=line, column=column)
        status = subprocess.run(words, check=False).returncode  # noqa: S603  # the user's own editor
    except ValueError:
        return f"the editor “{command}” cannot be started: its quotation marks are not in pairs"
    except OSError as error:
        return f"the editor “{command}” cannot be started: {error.strerror}"
    return f"the editor “{command}” ended with status {status}" if status else ""


def editor_command(command: str, path: Path, *, line: int, column: int) -> list[str]:
    """The words of the command that opens the file, at the line where the editor is one that is known."""
    words = [w.strip('"') for w in shlex.split(command, posix=False)] if os.name == "nt" else shlex.split(command)
    name = Path(words[0]).name.lower().removesuffix(".exe").removesuffix(".cmd")
    place = f"{path}:{line}:{column}"
    if name in _PLUS:
        return [*words, f"+{line}", str(path)]
    if name in _GOTO:
        return [*words, *(() if "--wait" in words or "-w" in words else ("--wait",)), "--goto", place]
    if name in _COLON:
        return [*words, *(("--wait",) if name in _WAIT and not {"--wait", "-w"} & set(words) else ()), place]
    return [*words, str(path)]
