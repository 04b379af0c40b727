"""Texts and glossaries in a string, without files: what tests of the stages before pages are written in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from explainer.annotate import Annotation, Annotations, annotate_content
from explainer.read.content import ARTICLES, GLOSSARY, Article, Content, Entry, read_document
from explainer.read.schema import ArticleMeta, EntryMeta, LinkingSettings, Settings
from explainer.render import Theme, load_theme, render_site
from explainer.site import assemble_site
from explainer.types import EntryId, SourcePath
from tests.sites import article, entry

PATH = SourcePath(f"{ARTICLES}/text.md")
PAGE = "articles/text/index.html"
SETTINGS = Settings(title="Test site", url="https://example.org/")


def read_article(markdown: str, *, front: str = "", title: str = "An article") -> Article:
    """The article with this Markdown; its problems do not matter here."""
    document, _ = read_document(article(markdown, front=front, title=title), PATH, ArticleMeta, html=False)
    assert document is not None
    return document


def read_entry(identifier: str, name: str, kind: str = "person", *, front: str = "", body: str = "") -> Entry:
    text = entry(name, kind, front=front, body=body)
    document, problems = read_document(text, SourcePath(f"{GLOSSARY}/{identifier}.md"), EntryMeta, html=False)
    assert document is not None, problems
    return document


def glossary(*entries: Entry) -> dict[EntryId, Entry]:
    return {EntryId(e.stem): e for e in sorted(entries, key=lambda e: e.stem)}


def content_of(
    text: Article, entries: Mapping[EntryId, Entry] | None = None, *, linking: LinkingSettings | None = None
) -> Content:
    """A site with one article and these entries."""
    return Content(
        settings=replace(SETTINGS, linking=linking or LinkingSettings()),
        articles=(text,),
        entries=entries or {},
        pages=(),
        media={},
        today=dt.date(2024, 6, 1),
        settings_positions={},
    )


def annotate(content: Content) -> Annotation:
    """What was decided on the mentions of the content's article."""
    return annotate_content(content).by_path[PATH]


def render(content: Content, annotations: Annotations | None = None) -> str:
    """The HTML of the article's text alone."""
    site, _ = assemble_site(content, annotations or annotate_content(content))
    page = render_site(site, bare_theme()).files[PAGE]
    assert isinstance(page, bytes)
    return page.decode()


@cache
def bare_theme() -> Theme:
    """A theme whose article pages are the article's text, and whose other pages are empty."""
    with TemporaryDirectory() as folder:
        templates = Path(folder)
        for name in ("home", "glossary", "entry", "page", "tag", "tags", "404"):
            (templates / f"{name}.html").write_text("", encoding="utf-8")
        (templates / "article.html").write_text("{{ view.body | safe }}", encoding="utf-8")
        (templates / "feed.xml").write_text("", encoding="utf-8")
        return load_theme(templates, site_url=SETTINGS.url)
