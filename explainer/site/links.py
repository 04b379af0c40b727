"""Where the links that authors write lead: to a text of the site, a medium, another site, or nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from markdown_it.token import Token
from msgspec import Struct

from explainer.diagnostics import Diagnostic, Kind, did_you_mean
from explainer.read.content import MEDIA, Document
from explainer.read.positions import in_file
from explainer.site.urls import Urls
from explainer.types import SourcePath, Url

_NEAR = re.compile(r"[^\n\r)]{0,300}\)")
"""A link up to its closing bracket; a longer one is marked at its beginning alone."""

OUTSIDE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

PAGE_IDS = frozenset({"x-main", "x-story"})
"""Ids of the page itself that a link may lead to."""


class Target(Struct, frozen=True):
    """Where a link leads."""

    url: Url | None = None
    """Inside the site."""
    outside: str = ""
    fragment: str = ""
    problem: str = ""
    hint: str = ""


def find_target(href: str, source: SourcePath, urls: Urls) -> Target:
    """Resolve what stands in a Markdown link or image of the file `source`.

    Inside the site, a link names a file (`../glossary/homs.md`, `../media/map.svg`) or an address (`/about/`).
    """
    elsewhere = outside_target(href)
    if elsewhere is not None:
        return elsewhere
    parts = urlsplit(href)
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    if not path:
        return Target(url=urls.of.get(source), fragment=fragment)
    if path.startswith("/"):
        return _address(path, fragment, urls)
    wanted = SourcePath(posixpath.normpath(posixpath.join(posixpath.dirname(source), path)))
    url = urls.of.get(wanted)
    return Target(url=url, fragment=fragment) if url else _missing(wanted, urls)


def outside_target(href: str) -> Target | None:
    """Where a link leads that leads out of the site, or is no link; None where it names something of the site."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return Target(problem=f"“{href}” is no address", hint="check its brackets and colons")
    if not (parts.scheme or parts.netloc):
        return None
    if parts.scheme in OUTSIDE_SCHEMES:
        return Target(outside=href)
    hint = f"links begin with {', '.join(f'{s}:' for s in sorted(OUTSIDE_SCHEMES))} or name a file of the site"
    return Target(problem=f"a link of the kind “{parts.scheme or '//'}” is not published", hint=hint)


def _address(path: str, fragment: str, urls: Urls) -> Target:
    for url in (Url(quote(path)), Url(quote(path.rstrip("/")) + "/")):
        if url in urls.all:
            return Target(url=url, fragment=fragment)
    hint = (
        did_you_mean(path, map(unquote, urls.all)) or "write the path of the file instead: ../articles/some-article.md"
    )
    return Target(problem=f"there is no page at {path}", hint=hint)


def _missing(wanted: SourcePath, urls: Urls) -> Target:
    stem = PurePosixPath(wanted).name
    same = [p for p in urls.of if PurePosixPath(p).name == stem]
    hint = f"there is one at {same[0]}" if same else did_you_mean(wanted, urls.of) or "check the path and the spelling"
    return Target(problem=f"there is no file {wanted}, or it is not published", hint=hint)


def ids_on_page(document: Document[Any]) -> frozenset[str]:
    """The ids of a text that links may lead to."""
    return frozenset(_ids(document.body.tokens))


def _ids(tokens: tuple[Token, ...]) -> Iterator[str]:
    for token in tokens:
        for one in (token, *(token.children or ())):
            # A link to an entry has the id of its mention instead of the author's.
            if "id" in one.attrs and not str(one.attrs.get("href", "")).startswith("entry:"):
                yield str(one.attrs["id"])


class Reference(NamedTuple):
    """What an author's link or image names, and where that stands in the file."""

    is_image: bool
    target: str
    start: int
    end: int
    """Half-open range of code points."""


def references_in(document: Document[Any]) -> tuple[Reference, ...]:
    """Every link and image of a text, but for links to entries."""
    found = (
        Reference(t.type == "image", str(t.attrs.get("src" if t.type == "image" else "href", "")), start, end)
        for t, start, end in _references(document)
    )
    return tuple(r for r in found if r.is_image or not r.target.startswith("entry:"))


def check_links(
    path: SourcePath, references: Iterable[Reference], urls: Urls, ids: Mapping[SourcePath, frozenset[str]]
) -> Iterator[Diagnostic]:
    """Every link and image of the text `path` that leads nowhere."""
    for reference in references:
        if reference.is_image:
            yield from _check_image(path, reference, urls)
            continue
        place = reference.start, reference.end
        target = find_target(reference.target, path, urls)
        if target.problem:
            yield Diagnostic(Kind.BROKEN_LINK, path, target.problem, target.hint, *place)
        elif target.fragment and target.url is not None:
            known = ids.get(urls.source.get(target.url, SourcePath("")))
            if known is not None and target.fragment not in known | PAGE_IDS:
                message = f"there is no heading or id “{target.fragment}” there"
                hint = did_you_mean(target.fragment, known) or "link to the page without “#…”"
                yield Diagnostic(Kind.BROKEN_LINK, path, message, hint, *place)


def _check_image(path: SourcePath, reference: Reference, urls: Urls) -> Iterator[Diagnostic]:
    _, href, start, end = reference
    target = find_target(href, path, urls)
    if target.outside:
        message, hint = "an image from another site", "save it in content/media: pages load nothing from elsewhere"
        yield Diagnostic(Kind.BROKEN_LINK, path, message, hint, start, end)
    elif target.problem or target.url is None or not target.url.startswith("/media/"):
        name = PurePosixPath(unquote(href)).name
        hint = did_you_mean(name, (PurePosixPath(p).name for p in urls.of if p.startswith(MEDIA)))
        message = f"there is no image {href}"
        hint = hint or "put the file into content/media and write ../media/NAME"
        yield Diagnostic(Kind.MISSING_MEDIA, path, message, hint, start, end)


def _references(document: Document[Any]) -> Iterator[tuple[Token, int, int]]:
    """Every link and image with its place: of the link's text, as exactly as Markdown tells it."""
    for block in document.body.tokens:
        if block.type != "inline" or "lines" not in block.meta:
            continue
        for child in block.children or ():
            if child.type in {"link_open", "image"}:
                start = in_file(block, child.meta["at"])
                near = _NEAR.match(document.text, start)
                yield child, start, near.end() if near else start + 1
