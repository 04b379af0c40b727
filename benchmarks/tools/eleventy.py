"""Eleventy, from npm."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.corpus import Article, Entry
from benchmarks.tools.base import HOUSE, THEMES, Reload, Tool, article_links, front_matter


def _program() -> Path:
    return HOUSE / "node" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"


def _article(article: Article) -> str:
    meta = {
        "title": article.title,
        "date": article.date.isoformat(),
        "summary": article.summary,
        "tags": list(article.tags),
    }
    return front_matter(meta, article_links(article.body, "/articles/", "/"))


def _entry(entry: Entry) -> str:
    meta = {
        "title": entry.name,
        "kind": entry.kind,
        "names": list(entry.aliases),
        "summary": entry.summary,
        "facts": [{"label": label, "value": value} for label, value in entry.facts],
        "relations": [{"type": r.type, "entry": r.entry, "name": r.name} for r in entry.relations],
    }
    return front_matter(meta, entry.body)


def _settings(title: str) -> str:
    return json.dumps({"title": title}) + "\n"


def _command(*arguments: str) -> list[str]:
    return [shutil.which("node") or "node", str(_program()), *arguments]


def _serve(_root: Path, port: int) -> list[str]:
    """With `--incremental`, Eleventy's own way to build less after a save."""
    return _command("--serve", "--incremental", f"--port={port}", "--quiet")


ELEVENTY = Tool(
    name="eleventy",
    title="Eleventy",
    about=lambda: _command("--version"),
    help=lambda: _command("--help"),
    needs=_program,
    build=lambda _root: _command("--quiet"),
    serve=_serve,
    reload=Reload.ELEVENTY,
    article=_article,
    entry=_entry,
    settings=_settings,
    settings_path="content/_data/site.json",
    template="_includes/article.njk",
    theme={path.name: path for path in sorted((THEMES / "eleventy").iterdir())},
    made=("_site", ".cache"),
)
