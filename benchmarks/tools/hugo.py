"""Hugo, in the build that its package on the Python index brings."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.corpus import Article, Entry
from benchmarks.tools.base import HOUSE, THEMES, Reload, Tool, article_links, front_matter


def _program() -> Path:
    """The program itself: the script beside it would add the start of Python."""
    found = sorted((HOUSE / "python").rglob("hugo/binaries/hugo*"))
    return found[0] if found else HOUSE / "python" / "hugo"


def _article(article: Article) -> str:
    meta = {
        "title": article.title,
        "date": article.date.isoformat(),
        "summary": article.summary,
        "tags": list(article.tags),
    }
    return front_matter(meta, article_links(article.body, "/articles/", "/"))


def _entry(entry: Entry) -> str:
    """`aliases` would be addresses to Hugo, and `kind` the kind of page."""
    meta = {
        "title": entry.name,
        "summary": entry.summary,
        "params": {
            "sort": entry.kind,
            "names": list(entry.aliases),
            "facts": [{"label": label, "value": value} for label, value in entry.facts],
            "relations": [{"type": r.type, "entry": r.entry, "name": r.name} for r in entry.relations],
        },
    }
    return front_matter(meta, entry.body)


def _settings(title: str) -> str:
    """Tags, and nothing else that Hugo would make besides: feeds, a sitemap, categories."""
    return (
        f"title: {json.dumps(title)}\nbaseURL: https://example.org/\nlanguageCode: en\n"
        "taxonomies: {tag: tags}\ndisableKinds: [rss, sitemap, robotstxt, '404']\n"
    )


def _command(*arguments: str) -> list[str]:
    return [str(_program()), *arguments]


def _build(root: Path) -> list[str]:
    return _command("--source", str(root), "--cacheDir", str(root / "cache"), "--quiet")


def _serve(root: Path, port: int) -> list[str]:
    address = ["--bind", "127.0.0.1", "--port", str(port), "--baseURL", f"http://127.0.0.1:{port}/"]
    return _command("server", "--source", str(root), "--cacheDir", str(root / "cache"), *address, "--quiet")


HUGO = Tool(
    name="hugo",
    title="Hugo",
    about=lambda: _command("version"),
    help=lambda: _command("--help"),
    needs=_program,
    build=_build,
    serve=_serve,
    reload=Reload.LIVERELOAD,
    article=_article,
    entry=_entry,
    settings=_settings,
    settings_path="hugo.yaml",
    template="layouts/articles/single.html",
    theme={"layouts": THEMES / "hugo" / "layouts"},
    made=("public", "resources", "cache"),
)
