"""Output paths: relative, with `/`, as they are spelled in the manifest and in addresses."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from explainer.types import SourcePath

MANIFEST = ".explainer-manifest.json"
JOURNAL = ".explainer-journal.json"
STAGING = ".explainer-staging-"
CACHE = ".explainer"
PROBE = "probe"
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave in every folder they show."""

Fold = Callable[[str], str]
"""What the file system makes of a path when it compares two: nothing, or one case and one normal form."""

_MOUNT_POINT = 0xA0000003  # a Windows junction; the `stat` module names it on Windows only
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WINDOWS = re.compile(
    r'[<>:"|?*]|[. ](?:/|$)|(?:^|/)(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:[./]|$)', re.IGNORECASE
)


class Place(Struct, frozen=True):
    """Where a site is published."""

    output: Path
    """Absolute; its parents are real folders, it may itself be anything."""
    root: Path
    """The site's folder, absolute and without links."""
    keep: tuple[str, ...]
    """Paths inside output that are never touched, however deep."""

    def shown(self, path: Path) -> SourcePath:
        """A path as its author knows it: from the site's folder, where it lies inside."""
        return SourcePath(path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path))


def place_of(output: Path, site_root: Path, keep: Iterable[str]) -> Place:
    """The absolute place. A link on the way to output is the owner's setting; output itself is not followed."""
    root = site_root.resolve()
    path = root / output
    path = path.resolve() if path.name in {"", ".."} else path.parent.resolve() / path.name
    return Place(output=path, root=root, keep=tuple(name.strip("/") for name in keep))


def folders_of(path: str) -> tuple[str, ...]:
    """The folders above a path, the outermost first: `a/b/c` → `a`, `a/b`."""
    return tuple(path[: match.start()] for match in re.finditer("/", path))


def path_problem(path: str, *, windows: bool = os.name == "nt") -> str:
    """Why a path cannot be an output path, or an empty string."""
    parts = path.split("/")
    if any(part in {"", ".", ".."} for part in parts) or "\\" in path or _CONTROL.search(path):
        return "is not a relative path of plain names"
    if parts[0].startswith("."):
        return "starts with a dot, and such names in the output folder are never touched"
    if parts[-1] in LITTER:
        return "is a name that file managers use for notes of their own"
    if windows and _WINDOWS.search(path):
        return "is a name that Windows reserves"
    return "is not valid Unicode" if _SURROGATE.search(path) else ""


def is_link(path: Path) -> bool:
    """Whether a path leads elsewhere: a symbolic link, or a junction on Windows."""
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _MOUNT_POINT


def exact(path: str) -> str:
    """The fold of a file system that tells every spelling apart."""
    return path


def folded(path: str) -> str:
    """The fold of macOS and Windows, near enough: `lower`, since `casefold` would make ß and ss one."""
    return normal(path).lower()


def normal(path: str) -> str:
    """One form for é, however a file system hands it back."""
    return unicodedata.normalize("NFC", path)


def fold_of(folder: Path) -> Fold:
    """How a folder's file system compares names: asked of a file that a build left there; `exact` where there is none."""
    known = [name for name in (MANIFEST, JOURNAL, PROBE) if (folder / name).exists()]
    return folded if any((folder / name.upper()).exists() for name in known) else exact
