"""Which file of the site an argument names: from the current folder, or from the site's."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from explainer.read.content import ReadResult
    from explainer.types import SourcePath


def texts_in(read: ReadResult, *folders: str) -> set[SourcePath]:
    """The texts of a site in these folders, those that cannot be read included."""
    paths = {*read.texts, *(d.path for d in read.diagnostics)}
    return {p for p in paths if p.startswith(tuple(f"{f}/" for f in folders)) and p.endswith(".md")}


def find_source(given: str, root: Path, known: Collection[SourcePath], *, what: str) -> SourcePath:
    """The one of the known files that is meant. `root` is the site's folder, resolved; `what`: “article”."""
    paths = [p for p in (path_in_site(Path.cwd() / given, root), path_in_site(root / given, root)) if p]
    for path in paths:
        if path in known:
            return path
    raise click.UsageError(_why_not(given, root, paths, known, what))


def path_in_site(location: Path, root: Path) -> SourcePath | None:
    """The location as the site's texts are called; None outside the site."""
    from explainer.read.files import source_path  # noqa: PLC0415  # `--help` must not wait for it

    # The folder is resolved, for `..` and for links to the site; a link among the texts keeps its own name.
    whole = location.parent.resolve() / location.name
    return source_path(whole, root) if whole.is_relative_to(root) else None


def _why_not(given: str, root: Path, paths: list[SourcePath], known: Collection[SourcePath], what: str) -> str:
    # Of a name that is too long for the system `os.path` says that it is not there; pathlib raises.
    there = next((p for p in paths if os.path.exists(root / p)), None)  # noqa: PTH110
    if there is None:
        hint = _closest(given, known)
        where = f"there is no file {given}, seen from here or from the site's folder"
        return f"{where}; did you mean {hint}?" if hint else where
    if (root / there).is_dir():
        return f"{there} is a folder; name the file of an {what}"
    return f"{there} is no {what}"


def _closest(given: str, known: Collection[SourcePath]) -> str:
    """A file of that name in another folder, else one with a similar path."""
    name = given.replace("\\", "/").rpartition("/")[2]
    by_name = {path.rpartition("/")[2]: path for path in sorted(known, reverse=True)}
    for close in difflib.get_close_matches(name, sorted(by_name), n=1, cutoff=0.75):
        return by_name[close]
    return ""
