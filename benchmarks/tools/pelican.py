"""Pelican, with Markdown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from benchmarks.corpus import Article, Entry
from benchmarks.tools.base import HOUSE, THEMES, Reload, Tool, article_links, executable


def _program() -> Path:
    return executable(HOUSE / "python", "pelican")


def _with_meta(meta: Mapping[str, str], body: str) -> str:
    """Pelican's Markdown has its metadata as lines before an empty one."""
    return "".join(f"{key}: {value}\n" for key, value in meta.items() if value) + f"\n{body}\n"


def _article(article: Article) -> str:
    meta = {
        "Title": article.title,
        "Slug": article.slug,
        "Date": article.date.isoformat(),
        "Summary": article.summary,
        "Tags": ", ".join(article.tags),
    }
    return _with_meta(meta, article_links(article.body, "{filename}", ".md"))


def _entry(entry: Entry) -> str:
    """Lists are one line of parts, which the template takes apart."""
    meta = {
        "Title": entry.name,
        "Slug": entry.id,
        "Kind": entry.kind,
        "Names": "; ".join(entry.aliases),
        "Summary": entry.summary,
        "Facts": "; ".join(f"{label}| {value}" for label, value in entry.facts),
        "Relations": "; ".join(f"{r.type}| {r.entry}| {r.name}" for r in entry.relations),
    }
    return _with_meta(meta, entry.body)


def _settings(title: str) -> str:
    """What every site has stands in `common.py`."""
    return f'"""The settings of a made-up site."""\n\nfrom common import *\n\nSITENAME = {json.dumps(title)}\n'


def _command(*arguments: str) -> list[str]:
    return [str(_program()), *arguments]


def _serve(_root: Path, port: int) -> list[str]:
    return _command("--autoreload", "--listen", "--bind", "127.0.0.1", "--port", str(port), "--quiet")


PELICAN = Tool(
    name="pelican",
    title="Pelican",
    about=lambda: _command("--version"),
    help=lambda: _command("--help"),
    needs=_program,
    build=lambda _root: _command("--quiet"),
    serve=_serve,
    reload=Reload.NOTHING,
    article=_article,
    entry=_entry,
    settings=_settings,
    settings_path="pelicanconf.py",
    template="theme/templates/article.html",
    theme={path.name: path for path in sorted((THEMES / "pelican").iterdir())},
    made=("output", "__pycache__"),
    environment={"PYTHONPATH": "."},
)
