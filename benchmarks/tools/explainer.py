"""explainer itself, by its command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.corpus import Article, Entry
from benchmarks.tools.base import ROOT, Reload, Tool, article_links, front_matter


def _article(article: Article) -> str:
    meta = {
        "title": article.title,
        "date": article.date.isoformat(),
        "summary": article.summary,
        "tags": list(article.tags),
    }
    return front_matter(meta, article_links(article.body, "", ".md"))


def _entry(entry: Entry) -> str:
    meta = {
        "name": entry.name,
        "kind": entry.kind,
        "aliases": list(entry.aliases),
        "summary": entry.summary,
        "facts": [{"label": label, "value": value} for label, value in entry.facts],
        "relations": [{"type": r.type, "entry": r.entry} for r in entry.relations],
    }
    return front_matter(meta, entry.body)


def _settings(title: str) -> str:
    """Without search and social cards: none of the other tools makes them."""
    return f"title: {json.dumps(title)}\nurl: https://example.org/\nsearch: off\nsocial: off\n"


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "explainer", *arguments]


def _build(root: Path) -> list[str]:
    return _command("build", "--site", str(root))


def _serve(root: Path, port: int) -> list[str]:
    return _command("serve", "--site", str(root), "--port", str(port))


EXPLAINER = Tool(
    name="explainer",
    title="explainer",
    about=lambda: _command("--version"),
    help=lambda: _command("--help"),
    needs=lambda: Path(sys.executable),
    build=_build,
    serve=_serve,
    reload=Reload.EXPLAINER,
    article=_article,
    entry=_entry,
    settings=_settings,
    settings_path="site.yaml",
    template="templates/article.html",
    theme={"templates/article.html": ROOT / "templates" / "article.html"},
    made=("output", ".explainer"),
    cache=".explainer",
)
