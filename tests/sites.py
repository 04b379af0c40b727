"""Whole sites in a string, and fixture tables: what tests are written in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from explainer.annotate import Annotations, annotate_articles
from explainer.build import Built, build_site
from explainer.diagnostics import Diagnostic, format_diagnostic
from explainer.read.content import Content, read_content

NOW = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
"""The clock of every test site."""

SITE_YAML = "title: Test site\nurl: https://example.org/\n"

_FILE = re.compile(r"^-- (\S+) --\n", re.MULTILINE)


@dataclass(frozen=True)
class Site:
    """A site in a folder of its own."""

    root: Path

    def write(self, archive: str) -> Site:
        """Add or replace files, written one after the other as `-- path --` and the text."""
        names = list(_FILE.finditer(archive))
        for name, after in zip(names, [*names[1:], None], strict=True):
            text = archive[name.end() : after.start() if after else len(archive)]
            path = self.root / name.group(1)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return self

    def write_bytes(self, path: str, data: bytes) -> Site:
        location = self.root / path
        location.parent.mkdir(parents=True, exist_ok=True)
        location.write_bytes(data)
        return self

    def content(self, *, unpublished: bool = False) -> Content:
        content = read_content(self.root, now=NOW, unpublished=unpublished).content
        assert content is not None
        return content

    def annotations(self) -> Annotations:
        return annotate_articles(self.content())

    def build(self, *, preview: bool = False, now: dt.datetime = NOW) -> Built:
        return build_site(self.root, now=now, preview=preview)

    def page(self, path: str) -> str:
        """The HTML of a page: `articles/x/`."""
        data = self.build().files[path + "index.html" if path.endswith("/") or not path else path]
        assert isinstance(data, bytes)
        return data.decode()

    def problems(self) -> list[str]:
        """`path:line:column kind` for every problem, warnings about missing summaries aside."""
        return [place(d, self.build().texts) for d in self.build().diagnostics if d.kind != "missing-summary"]


def place(diagnostic: Diagnostic, texts) -> str:
    """`path:line:column kind`."""
    head = format_diagnostic(diagnostic, texts).splitlines()[0]
    return f"{head.split(': ')[0]} {diagnostic.kind}"


def article(body: str, *, title: str = "An article", front: str = "", date: str = "2024-01-01") -> str:
    """The text of an article."""
    return f"---\ntitle: {title}\ndate: {date}\nsummary: A summary.\n{front}---\n\n{body}"


def entry(name: str, kind: str = "person", *, front: str = "", body: str = "") -> str:
    """The text of an entry."""
    return f"---\nname: {name}\nkind: {kind}\nsummary: About {name}.\n{front}---\n\n{body}"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An empty site: site.yaml alone."""
    root = tmp_path / "site"
    root.mkdir()
    return Site(root).write(f"-- site.yaml --\n{SITE_YAML}")


class Row(NamedTuple):
    """One case of a fixture table."""

    title: str
    given: str
    expected: str
    line: int


def read_table(path: Path) -> Iterator[Row]:
    """The cases of a fixture table: a title, then the input and what is expected, each closed by a line with a dot."""
    part: list[str] = []
    parts: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(keepends=True), 1):
        if line.rstrip("\n") != ".":
            part.append(line)
            continue
        parts.append("".join(part))
        part = []
        if len(parts) == 3:
            title = [text for text in parts[0].strip().splitlines() if not text.startswith("#")]
            yield Row(title[-1], parts[1], parts[2], number)
            parts = []
    assert not parts, f"{path}: the last case is not closed"


def rows(path: Path):
    """The cases as parameters of a test, named by their titles."""
    return [pytest.param(row, id=f"{path.stem}:{row.line} {row.title}") for row in read_table(path)]
