"""Whether a build from what was kept is what a clean one is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from explainer.build import Built

SHOWN = 20
"""Differences that are named; the rest are counted."""


def differences(built: Built, clean: Built) -> Iterator[str]:
    """What differs, a line each; nothing where both are the same byte for byte, in their problems and their counts."""
    for path in sorted(built.files.keys() | clean.files.keys()):
        if path not in clean.files:
            yield f"{path}: a clean build does not have it"
        elif path not in built.files:
            yield f"{path}: only a clean build has it"
        elif _bytes(built.files, path) != _bytes(clean.files, path):
            yield f"{path}: a clean build has other bytes"
    if built.diagnostics != clean.diagnostics:
        yield "the problems that are told: a clean build tells others"
    if built.counts != clean.counts:
        yield f"the counts: {clean.counts} in a clean build, {built.counts} here"


def _bytes(files: Mapping[str, bytes | Path], path: str) -> bytes:
    content = files[path]
    return content if isinstance(content, bytes) else content.read_bytes()
