"""A site in a folder, as its authors find it: what edits are made with."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

import yaml

from tests.images.pixels import noise_png
from tests.incremental.first_site import FIRST_SITE, write_bare_theme
from tests.sites import NOW, Site

T = TypeVar("T")

ARTICLES, GLOSSARY, PAGES, MEDIA = "content/articles", "content/glossary", "content/pages", "content/media"
REVIEW, SETTINGS, TEMPLATES = "content/review.yaml", "site.yaml", "templates"


class NothingToEdit(Exception):  # noqa: N818 - an edit that finds nothing to work on leaves the site as it is
    """Raised by edits; the step is made all the same."""


def nth(options: Sequence[T], number: int) -> T:
    """One of the options, whatever the number."""
    if not options:
        raise NothingToEdit
    return options[number % len(options)]


class Text(NamedTuple):
    """A Markdown file taken apart."""

    front: dict[str, object]
    body: tuple[str, ...]
    """Its blocks."""


class Seen(NamedTuple):
    """A file at a point in time."""

    data: bytes
    modified: int
    """Nanoseconds since 1970."""


@dataclass
class Workshop:
    """A site and its authors' clock."""

    root: Path
    now: dt.datetime = NOW
    past: list[Mapping[str, Seen]] = field(default_factory=list)
    """How the site was, to go back to: the last few states."""
    spoiled: dict[str, bytes | None] = field(default_factory=dict)
    """What mistakes replaced, until they are mended; None where there was no file."""

    # ---- files ------------------------------------------------------------------------------------------------------

    def files(self, folder: str, *, ending: str = "") -> list[str]:
        """The paths of a folder's files, sorted: edits mean the same in every run."""
        found = (p for p in (self.root / folder).rglob("*") if p.is_file() and p.name.endswith(ending))
        return sorted(p.relative_to(self.root).as_posix() for p in found)

    def write(self, path: str, data: str | bytes) -> None:
        """Where a file lies in the way of a folder, or a folder in the way of the file, there is nothing to edit."""
        location = self.root / path
        try:
            location.parent.mkdir(parents=True, exist_ok=True)
            location.write_bytes(data.encode() if isinstance(data, str) else data)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            raise NothingToEdit from None

    def bytes_of(self, path: str) -> bytes:
        """Where a mistake has taken a file away, there is nothing to edit in it."""
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            raise NothingToEdit from None

    def move(self, path: str, target: str) -> None:
        """Onto nothing: an author's tools would ask before they replace a file."""
        if (self.root / target).exists() and not (self.root / target).samefile(self.root / path):
            raise NothingToEdit
        (self.root / target).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).rename(self.root / target)

    # ---- texts and YAML ---------------------------------------------------------------------------------------------

    def text(self, path: str) -> Text:
        """Raises `NothingToEdit` for a file that is broken: an author would mend it first."""
        match = re.fullmatch(r"---\n(.*?)^---\n(.*)", _decoded(self.bytes_of(path)), re.DOTALL | re.MULTILINE)
        front = _mapping(match[1]) if match else None
        if match is None or front is None:
            raise NothingToEdit
        return Text(front, tuple(block for block in match[2].strip("\n").split("\n\n") if block))

    def write_text(self, path: str, text: Text) -> None:
        front = yaml.safe_dump(text.front, allow_unicode=True, sort_keys=False)
        self.write(path, f"---\n{front}---\n\n" + "\n\n".join(text.body) + "\n")

    def settings(self) -> dict[str, object]:
        settings = _mapping(_decoded(self.bytes_of(SETTINGS)))
        if settings is None:
            raise NothingToEdit
        return settings

    def write_settings(self, settings: Mapping[str, object]) -> None:
        self.write(SETTINGS, yaml.safe_dump(dict(settings), allow_unicode=True, sort_keys=False))

    # ---- time travel ------------------------------------------------------------------------------------------------

    def remember(self, most: int = 4) -> None:
        """Keep the present state among the last few."""
        self.past.append(self.state())
        del self.past[:-most]

    def state(self) -> dict[str, Seen]:
        """Everything that authors wrote."""
        paths = [SETTINGS, *(p for folder in ("content", TEMPLATES) for p in self.files(folder))]
        return {p: Seen(self.bytes_of(p), (self.root / p).stat().st_mtime_ns) for p in paths}

    def restore(self, state: Mapping[str, Seen], *, old_times: bool) -> None:
        """The whole site as it was, in times old or new: what version control does, or an archive."""
        for folder in ("content", TEMPLATES):
            shutil.rmtree(self.root / folder, ignore_errors=True)
        for path, seen in state.items():
            self.write(path, seen.data)
            if old_times:
                os.utime(self.root / path, ns=(seen.modified, seen.modified))


def _decoded(data: bytes) -> str:
    return data.decode(errors="replace")


def _mapping(text: str) -> dict[str, object] | None:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError:
        return None
    return data if isinstance(data, dict) else None


def open_workshop(root: Path, *, bare: bool = True) -> Workshop:
    """The first site in a folder of its own, with the bare theme or with the default one."""
    root.mkdir(parents=True, exist_ok=True)
    Site(root).write(FIRST_SITE).write_bytes(f"{MEDIA}/quay.png", noise_png(40, 30))
    if bare:
        write_bare_theme(root)
    return Workshop(root)
