"""Built pages as a browser would read them: links, ids, and where each link leads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from explainer.search import FOLDER

BASE = "https://host.invalid/a/b/"
"""Where the pages are taken to lie: below a sub-path, so that a link from the host's root shows."""

REFERENCES = ("aria-labelledby", "aria-describedby", "aria-details", "aria-controls", "aria-owns", "for", "headers")

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@dataclass(frozen=True)
class Page:
    """One HTML file of the output folder."""

    path: str
    text: str

    @cached_property
    def tree(self) -> Element:
        return html5lib.parse(self.text, namespaceHTMLElements=False)

    @property
    def url(self) -> str:
        return urljoin(BASE, self.path.removesuffix("index.html"))

    @property
    def base(self) -> str:
        """What links are relative to: `/404.html` is shown at any depth and says so itself."""
        return BASE if self.path == "404.html" else self.url

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(e.attrib["id"] for e in self.tree.iter() if "id" in e.attrib)

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Every address on the page that is not meant for machines only, with its element."""
        machines = ("base", "canonical")
        elements = (e for e in self.tree.iter() if {e.tag, e.attrib.get("rel")}.isdisjoint(machines))
        elements = (e for e in elements if e.tag != "link" or "hreflang" not in e.attrib)
        names = ("href", "src", "poster", "action", "data")
        return tuple((str(e.tag), e.attrib[n]) for e in elements for n in names if n in e.attrib)

    def problems(self, files: Mapping[str, Page | None]) -> Iterator[str]:
        """Everything on the page that leads nowhere. `files`: the pages by path; None for what is no page."""
        for tag, link in self.links:
            if not urlsplit(link).scheme and not link.startswith("//"):
                yield from self._broken(link, files)
            elif tag != "a":
                yield f"{self.path}: loads {link}"
        yield from self._bad_ids()

    def _bad_ids(self) -> Iterator[str]:
        yield from (f"{self.path}: {n} elements have the id {i}" for i, n in self.ids.items() if n > 1)
        named = ((name, i) for e in self.tree.iter() for name in REFERENCES for i in e.attrib.get(name, "").split())
        yield from (f"{self.path}: {name} names the missing {i}" for name, i in named if i not in self.ids)

    def _broken(self, link: str, files: Mapping[str, Page | None]) -> Iterator[str]:
        if link.startswith("/"):
            yield f"{self.path}: {link} works at a host's root only"
        target = urlsplit(urljoin(self.base, link))
        root = urlsplit(BASE).path
        if not target.path.startswith(root):
            yield f"{self.path}: {link} leads out of the site"
            return
        path = unquote(target.path.removeprefix(root))
        path += "index.html" if not path or path.endswith("/") else ""
        if path not in files:
            yield f"{self.path}: {link} leads to nothing"
            return
        page = files[path]
        if target.fragment and page is not None and unquote(target.fragment) not in page.ids:
            yield f"{self.path}: {link}: there is no such id"


@cache
def page(path: str, data: bytes) -> Page:
    """Parsed once, however many trees hold it."""
    return Page(path, data.decode())


def pages_of(files: Mapping[str, bytes | Path | None]) -> dict[str, Page | None]:
    """The HTML files parsed; None for what is no page."""
    return {p: page(p, d) if isinstance(d, bytes) and p.endswith(".html") else None for p, d in files.items()}


def broken(files: Mapping[str, bytes | Path | None]) -> list[str]:
    """All problems of all pages."""
    pages = pages_of(files)
    return [problem for page in pages.values() if page is not None for problem in page.problems(pages)]


def tree_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones and the index of search aside, by its path with `/`."""
    paths = (p for p in folder.rglob("*") if p.is_file())
    named = ((p.relative_to(folder).as_posix(), p) for p in paths)
    shown = ((n, p) for n, p in named if not any(part.startswith(".") for part in n.split("/")))
    return {name: p.read_bytes() for name, p in shown if not name.startswith(f"{FOLDER}/")}


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def is_nested_well(markup: str) -> bool:
    """Whether every element is closed where it must be, without a parser's mercy."""
    stack: list[str] = []
    for closing, tag, void in re.findall(r"<(/?)([a-zA-Z][\w-]*)(?:\s+[^\s=>\"]+(?:=\"[^\"]*\")?)*\s*(/?)>", markup):
        if tag in VOID or void:
            continue
        if not closing:
            stack.append(tag)
        elif not stack or stack.pop() != tag:
            return False
    return not stack
