"""The index: made anew when what is searched has changed, else the one that was made before.

Pagefind's program reads pages from a folder and writes files to another one, both below the cache folder. What it
writes is the same for the same pages, whatever the number of its threads, but for the order of languages and filters,
which `canonical` settles.

It makes one index for all languages, which a browser can ask in one of them only. Here each language gets a folder of its
own, with an entry file that names no other, so that a page can ask every one of them in its own grammar:

    search/pagefind/pagefind.js, languages.json
    search/pagefind/<language>/pagefind-entry.json, *.pf_meta, wasm.*.pagefind, index/*, fragment/*
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from explainer.diagnostics import Diagnostic, Kind
from explainer.publish import Content, Entry
from explainer.read.content import SETTINGS_FILE
from explainer.search.canonical import in_one_order
from explainer.search.offer import installed_package
from explainer.search.pages import digest_of_searched, searched_part
from explainer.site.urls import SEARCH_INDEX
from explainer.types import SourcePath

FOLDER = SEARCH_INDEX.strip("/")
"""In the output folder."""
RECIPE = 1
"""Counts the shapes that indexes have had."""
_KEPT, _MADE = "search", "made.json"
_SCRIPT = "pagefind.js"
_ENTRY = "pagefind-entry.json"


class SearchProblem(Exception):  # noqa: N818 - told to the author, not a bug
    """Why Pagefind made no index."""

    @property
    def diagnostic(self) -> Diagnostic:
        """As it is printed."""
        hint = "reinstall pagefind, or write “search: off”"
        return Diagnostic(Kind.SEARCH_FAILED, SourcePath(SETTINGS_FILE), f"Pagefind made no index: {self}", hint)


class IndexFiles(Struct, frozen=True):
    """The files of an index."""

    files: Mapping[str, Path] = field(default_factory=dict)
    """By path in the output folder: where each lies in the cache."""
    sizes: Mapping[str, Entry] = field(default_factory=dict)
    """Their digests and sizes, so that none has to be read."""
    made: bool = False
    """Whether this run made it."""

    def beside(self, pages: Mapping[str, Content]) -> Mapping[str, Content]:
        """Pages and index in one mapping; none of them is made before it is asked for."""
        return _Together(self.files, pages)


class _Together(Mapping[str, Content]):
    def __init__(self, *parts: Mapping[str, Content]) -> None:
        self._parts = parts

    def __getitem__(self, path: str) -> Content:
        for part in self._parts:
            if path in part:
                return part[path]
        raise KeyError(path)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._parts)

    def __len__(self) -> int:
        return sum(map(len, self._parts))


def bytes_of(content: Content) -> bytes:
    """What a file of the site holds."""
    return content if isinstance(content, bytes) else content.read_bytes()


def index_of(searched: Mapping[str, str], page: Callable[[str], bytes], *, cache: Path) -> IndexFiles:
    """The index of some pages, from `cache` where that holds it. Raises `SearchProblem`.

    `searched`: by path in the output folder, the digest of what is searched of each page that has any.
    `page`: a page's bytes, asked for only where an index has to be made.
    """
    digest = _digest(searched)
    folder = cache / _KEPT
    kept = _kept(folder, digest)
    if kept is not None:
        return kept
    for left in cache.glob(f"{_KEPT}-*"):  # by a build that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{_KEPT}-", dir=cache) as temporary:
        made = Path(temporary, "made")
        files = dict(_make({path: searched_part(page(path)) for path in sorted(searched)}, Path(temporary)))
        sizes = {path: _write(made / path, data) for path, data in files.items()}
        record = {
            "digest": digest,
            "searched": dict(searched),
            "files": {path: [size.sha256, size.size] for path, size in sizes.items()},
        }
        (made / _MADE).parent.mkdir(parents=True, exist_ok=True)
        (made / _MADE).write_text(json.dumps(record), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        made.replace(folder)
    return IndexFiles({path: folder / path for path in sizes}, sizes, made=True)


def is_right_for(changed: Mapping[str, bytes], *, cache: Path) -> bool:
    """Whether the index that is kept is right for pages of which some are different now, and none came or went."""
    try:
        record = json.loads((cache / _KEPT / _MADE).read_bytes())
        searched = dict(record["searched"])
    except (OSError, ValueError, TypeError, LookupError):  # there is none, or it is damaged
        searched = {}
    return all(digest_of_searched(data) == searched.get(path, "") for path, data in changed.items())


def index_for_preview(files: Mapping[str, Content]) -> dict[str, bytes]:
    """The index of the pages among some files, by path in the output folder. Nothing is kept. Raises `SearchProblem`."""
    pages = {path: data for path in sorted(files) if isinstance(data := files[path], bytes)}
    parts = {path: searched_part(data) for path, data in pages.items()}
    with tempfile.TemporaryDirectory() as temporary:
        return dict(_make({path: part for path, part in parts.items() if part}, Path(temporary)))


def _digest(searched: Mapping[str, str]) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  # 40 ms that a site without search never needs

    package = installed_package() or ""
    try:
        edition = version(package.replace("_", "-")) if package else ""
    except PackageNotFoundError:
        edition = ""
    return hashlib.sha256(repr((RECIPE, package, edition, sorted(searched.items()))).encode()).hexdigest()


def _kept(folder: Path, digest: str) -> IndexFiles | None:
    """The index that is kept, if it is that of the digest and all of it is there."""
    try:
        record = json.loads((folder / _MADE).read_bytes())
        sizes = {path: Entry(*size) for path, size in record["files"].items()}
        whole = record["digest"] == digest and all((folder / p).stat().st_size == e.size for p, e in sizes.items())
    except (OSError, ValueError, TypeError, LookupError, AttributeError):  # whatever is wrong with what was kept
        return None
    return IndexFiles({path: folder / path for path in sizes}, sizes) if whole else None


def _write(path: Path, data: bytes) -> Entry:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Entry(hashlib.sha256(data).hexdigest(), len(data))


# ---- Pagefind -------------------------------------------------------------------------------------------------------


def _make(parts: Mapping[str, bytes], workshop: Path) -> Iterator[tuple[str, bytes]]:
    """Lets Pagefind index some pages in the folder `workshop`; each file of the index by path in the output folder."""
    if not parts:
        return
    pages, out = workshop / "pages", workshop / "out"
    for path, part in parts.items():
        _write(pages / path, part)
    _run(pages, out, workshop)
    entry = json.loads((out / _ENTRY).read_bytes())
    yield f"{FOLDER}/{_SCRIPT}", (out / _SCRIPT).read_bytes()
    yield f"{FOLDER}/languages.json", _json(sorted(entry["languages"]))
    for language, about in sorted(entry["languages"].items()):
        for path, data in _files_of(out, language, entry, about).items():
            yield f"{FOLDER}/{language}/{path}", data


def _files_of(out: Path, language: str, entry: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, bytes]:
    """What Pagefind wrote for one language, by path below the folder of that language."""
    found = {file.relative_to(out).as_posix(): file.read_bytes() for file in sorted(out.glob(f"*/{language}_*"))}
    filters = {path: data for path, data in found.items() if path.startswith("filter/")}
    by_digest = {Path(path).stem: data for path, data in filters.items()}
    given = (out / f"pagefind.{about['hash']}.pf_meta").read_bytes()
    meta, digest, in_order = in_one_order(given, by_digest, about["hash"])
    wasm = f"wasm.{about.get('wasm') or 'unknown'}.pagefind"
    return {
        _ENTRY: _json({**entry, "languages": {language: {**about, "hash": digest}}}),
        f"pagefind.{digest}.pf_meta": meta,
        wasm: (out / wasm).read_bytes(),
        **{path: data for path, data in found.items() if path not in filters},
        **{f"filter/{name}.pf_filter": data for name, data in in_order.items()},
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _run(pages: Path, out: Path, workshop: Path) -> None:
    """Nothing of the caller's is read: neither a settings file in its folder nor its environment's settings."""
    command = [str(_program()), "--site", str(pages), "--output-path", str(out), "--silent"]
    command += ["--exclude-selectors", ".context-box"]  # it says what the page of its entry says
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        done = subprocess.run(command, cwd=workshop, env=environment, capture_output=True, check=False)  # noqa: S603
    except OSError as error:
        raise SearchProblem(error.strerror or str(error)) from error
    if done.returncode or not (out / _ENTRY).is_file():
        said = " ".join((done.stderr or done.stdout).decode(errors="replace").split())
        message = said or f"it ended with {done.returncode}"
        raise SearchProblem(message)


def _program() -> Path:
    package = installed_package()
    if package is None:
        message = "it is not installed"
        raise SearchProblem(message)
    try:
        found: object = importlib.import_module(package).get_executable()
    except (ImportError, OSError) as error:  # no program for this system
        raise SearchProblem(str(error)) from error
    return Path(str(found))
