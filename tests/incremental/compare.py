"""The oracle: a build from nothing beside the one that is tested, compared byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from explainer.build import Built, Counts
from explainer.diagnostics import Diagnostic, format_diagnostic

PAGE_ENDINGS = (".html", ".xml", ".json", ".txt")


class Outcome(Protocol):
    """What both kinds of build tell."""

    @property
    def files(self) -> Mapping[str, bytes | Path]: ...
    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]: ...
    @property
    def counts(self) -> Counts: ...
    @property
    def keep(self) -> tuple[str, ...]: ...


def differences(outcome: Outcome, clean: Built) -> list[str]:
    """Everything in which a build is not as the clean one, in words; empty where there is nothing."""
    out = list(_files_that_differ(contents(outcome.files), contents(clean.files)))
    if outcome.diagnostics != clean.diagnostics:
        out += _diagnostics_that_differ(outcome.diagnostics, clean)
    if outcome.counts != clean.counts:
        out.append(f"counts: {outcome.counts} is not {clean.counts}")
    if outcome.keep != clean.keep:
        out.append(f"keep: {outcome.keep} is not {clean.keep}")
    return out


def contents(files: Mapping[str, bytes | Path]) -> dict[str, bytes]:
    """What is published, whether it was made or is copied."""
    return {path: data.read_bytes() if isinstance(data, Path) else data for path, data in files.items()}


def _files_that_differ(files: Mapping[str, bytes], clean: Mapping[str, bytes]) -> Iterator[str]:
    for path in sorted(files.keys() | clean.keys()):
        if path not in clean:
            yield f"{path} should not be there"
        elif path not in files:
            yield f"{path} is missing"
        elif files[path] != clean[path]:
            yield f"{path} differs: {_first_difference(files[path], clean[path])}"
    if not files.keys() ^ clean.keys() and list(files) != list(clean):
        yield "the order of the files differs"


def _first_difference(data: bytes, clean: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(data, clean, strict=False)) if a != b), min(len(data), len(clean)))
    begin = max(0, at - 20)
    return f"{data[begin : at + 40]!r} for {clean[begin : at + 40]!r}"


def _diagnostics_that_differ(diagnostics: tuple[Diagnostic, ...], clean: Built) -> Iterator[str]:
    for diagnostic in dict.fromkeys((*diagnostics, *clean.diagnostics)):
        if (diagnostic in diagnostics) != (diagnostic in clean.diagnostics):
            problem = "should not be told" if diagnostic in diagnostics else "is not told"
            yield f"{problem}: {format_diagnostic(diagnostic, clean.texts)} {diagnostic}"
    if sorted(map(repr, diagnostics)) == sorted(map(repr, clean.diagnostics)):
        yield "the order of the diagnostics differs"


def changed_pages(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """The pages that are new or other than they were."""
    return {path for path, data in after.items() if _is_page(path) and before.get(path) != data}


def _is_page(path: str) -> bool:
    return path.endswith(PAGE_ENDINGS) and not path.startswith(("media/", "assets/"))
