"""The site as a whole: addresses, links between pages, boxes, lists. The stage between mentions and pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explainer.annotate import Annotation, Annotations
from explainer.diagnostics import Diagnostic
from explainer.read.content import Article, Content, Document, Entry, Page
from explainer.read.review import check_entries
from explainer.read.schema import RelationMeta, Settings
from explainer.site import references
from explainer.site.as_of import summary_on
from explainer.site.boxes import PlacedBox, place_boxes
from explainer.site.links import check_links, ids_on_pages
from explainer.site.story import Appearance, StoryItem, appearances_of, mention_ids, story_of
from explainer.site.urls import Urls, assign_urls
from explainer.types import EntryId, SourcePath, Url

__all__ = ["Neighbour", "Site", "SiteArticle", "SiteEntry", "SitePage", "assemble_site"]


@dataclass(frozen=True, slots=True)
class SiteArticle:
    """An article and all that the site knows of it."""

    document: Article
    annotation: Annotation
    url: Url
    language: str
    as_of: dt.date
    boxes: tuple[PlacedBox, ...]
    mention_ids: Mapping[int, str]
    story: tuple[StoryItem, ...]
    words: int
    """How many words the text has."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The article before or after another one."""

    title: str
    url: Url
    language: str


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """An entry and all that the site knows of it."""

    id: EntryId
    document: Entry
    annotation: Annotation
    url: Url
    language: str
    summary: str
    """What holds on the day of the build."""
    appears_in: tuple[Appearance, ...]
    """Latest article first."""
    incoming: tuple[tuple[EntryId, RelationMeta], ...]
    """Relations of other entries to this one."""


@dataclass(frozen=True, slots=True)
class SitePage:
    """A plain page."""

    document: Page
    annotation: Annotation
    url: Url
    language: str


@dataclass(frozen=True, slots=True)
class Site:
    """What `render` makes pages from."""

    settings: Settings
    articles: tuple[SiteArticle, ...]
    """Latest first."""
    entries: Mapping[EntryId, SiteEntry]
    pages: tuple[SitePage, ...]
    media: Mapping[SourcePath, Path]
    urls: Urls
    tags: Mapping[str, tuple[SiteArticle, ...]]
    """By tag, in alphabetical order."""
    around: Mapping[SourcePath, tuple[Neighbour | None, Neighbour | None]]
    """The newer and the older neighbour of each article."""

    def neighbours(self, article: SourcePath) -> tuple[Neighbour | None, Neighbour | None]:
        """The article that is newer and the one that is older."""
        return self.around[article]

    def appears_in(self, entry: EntryId) -> tuple[Appearance, ...]:
        """Where an entry is mentioned, latest article first."""
        return self.entries[entry].appears_in

    def incoming(self, entry: EntryId) -> tuple[tuple[EntryId, RelationMeta], ...]:
        """Relations of other entries to this one."""
        return self.entries[entry].incoming


def assemble_site(content: Content, annotations: Annotations) -> tuple[Site, tuple[Diagnostic, ...]]:
    """Put the parts together and check every reference between them."""
    urls, problems = assign_urls(content)
    articles = _articles(content, annotations, urls)
    site = Site(
        settings=content.settings,
        articles=articles,
        entries=_entries(content, annotations, urls, articles),
        pages=tuple(_pages(content, annotations, urls)),
        media=content.media,
        urls=urls,
        tags=_tags(articles),
        around=_neighbours(articles),
    )
    return site, (*problems, *_check(content, annotations, urls))


def _articles(content: Content, annotations: Annotations, urls: Urls) -> tuple[SiteArticle, ...]:
    made = (_article(article, annotations.by_path[article.path], content, urls) for article in content.articles)
    return tuple(sorted(made, key=lambda a: (-a.document.meta.date.toordinal(), a.document.path)))


def _article(article: Article, annotation: Annotation, content: Content, urls: Urls) -> SiteArticle:
    boxes = place_boxes(article, annotation, content.entries, content.settings.context)
    ids = mention_ids(annotation, boxes)
    return SiteArticle(
        document=article,
        annotation=annotation,
        url=urls.of[article.path],
        language=article.meta.language or content.settings.language,
        as_of=article.meta.as_of or article.meta.date,
        boxes=boxes,
        mention_ids=ids,
        story=story_of(annotation, ids),
        words=annotation.words,
    )


def _entries(
    content: Content, annotations: Annotations, urls: Urls, articles: tuple[SiteArticle, ...]
) -> dict[EntryId, SiteEntry]:
    appearances: dict[EntryId, list[Appearance]] = {identifier: [] for identifier in content.entries}
    for article in articles:
        found = appearances_of(
            article.document.path, article.annotation, article.mention_ids, language=article.language
        )
        for identifier, appearance in found.items():
            appearances[identifier].append(appearance)
    incoming: dict[EntryId, list[tuple[EntryId, RelationMeta]]] = {identifier: [] for identifier in content.entries}
    for identifier, entry in content.entries.items():
        for relation in entry.meta.relations:
            if relation.entry in incoming:
                incoming[relation.entry].append((identifier, relation))
    return {
        identifier: SiteEntry(
            id=identifier,
            document=entry,
            annotation=annotations.by_path[entry.path],
            url=urls.of[entry.path],
            language=entry.meta.language or content.settings.language,
            summary=summary_on(entry.meta, content.today),
            appears_in=tuple(appearances[identifier]),
            incoming=tuple(incoming[identifier]),
        )
        for identifier, entry in content.entries.items()
    }


def _neighbours(
    articles: tuple[SiteArticle, ...],
) -> dict[SourcePath, tuple[Neighbour | None, Neighbour | None]]:
    ends: tuple[Neighbour | None, ...] = (None,)
    every = (*ends, *(Neighbour(a.document.meta.title, a.url, a.language) for a in articles), *ends)
    return {a.document.path: (every[n], every[n + 2]) for n, a in enumerate(articles)}


def _pages(content: Content, annotations: Annotations, urls: Urls) -> Iterator[SitePage]:
    for page in content.pages:
        language = page.meta.language or content.settings.language
        yield SitePage(page, annotations.by_path[page.path], urls.of[page.path], language)


def _tags(articles: tuple[SiteArticle, ...]) -> dict[str, tuple[SiteArticle, ...]]:
    """Articles by tag, latest first."""
    tags: dict[str, list[SiteArticle]] = {}
    for article in articles:
        for tag in dict.fromkeys(article.document.meta.tags):
            tags.setdefault(tag, []).append(article)
    return {tag: tuple(tags[tag]) for tag in sorted(tags, key=lambda t: (t.casefold(), t))}


def _check(content: Content, annotations: Annotations, urls: Urls) -> Iterator[Diagnostic]:
    """Every reference that leads nowhere."""
    ids = ids_on_pages(content)
    yield from references.check_settings(content, urls)
    yield from check_entries(content.review, content.entries)
    for article in content.articles:
        yield from references.check_article(article, content.entries)
    for entry in content.entries.values():
        yield from references.check_entry(entry, content.entries)
    documents: tuple[Document[Any], ...] = (*content.articles, *content.entries.values(), *content.pages)
    for document in documents:
        yield from references.check_directives(document, content.entries)
        yield from references.check_mentions(annotations.by_path[document.path], content.entries)
        yield from check_links(document, urls, ids)
