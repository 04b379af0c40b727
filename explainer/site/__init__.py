"""The site as a whole: addresses, links between pages, boxes, lists. The stage between mentions and pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from explainer.annotate import Annotation, Annotations
from explainer.diagnostics import Diagnostic
from explainer.read.content import Article, Content, Document
from explainer.read.review import check_entries
from explainer.read.schema import ContextSettings, MapDrawing, RelationMeta
from explainer.site import references
from explainer.site.boxes import check_boxes, place_boxes
from explainer.site.changes import changed_on, corrected_on, days_of
from explainer.site.events import present
from explainer.site.links import check_links, ids_on_page, references_in
from explainer.site.places import Locator, known_place, locators
from explainer.site.site import Has, Neighbour, Site, SiteArticle, SiteEntry, SitePage
from explainer.site.story import Appearance, appearances_of, mention_ids, story_of
from explainer.site.translations import Candidate, Origin, Version, translation_sets
from explainer.site.urls import Urls, assign_urls
from explainer.site.validity import check_usage, usage_of
from explainer.site.whole import WholeSite, measure_image
from explainer.types import EntryId, SourcePath, Url

__all__ = [
    "Has",
    "Neighbour",
    "Site",
    "SiteArticle",
    "SiteEntry",
    "SitePage",
    "Version",
    "WholeSite",
    "assemble_site",
    "changed_on",
    "corrected_on",
    "days_of",
    "measure_image",
    "origin_of",
    "site_article",
    "tag_order",
]


def assemble_site(
    content: Content, annotations: Annotations, *, search: bool = False
) -> tuple[WholeSite, tuple[Diagnostic, ...]]:
    """Put the parts together and check every reference between them. `search`: whether there is a page of search."""
    urls, problems = assign_urls(content, search=search)
    articles = _articles(content, annotations, urls)
    versions, mistaken = translation_sets(_candidate(a) for a in articles)
    site = WholeSite(
        settings=content.settings,
        articles=articles,
        entries=_entries(content, annotations, urls, articles),
        pages=tuple(_pages(content, annotations, urls)),
        media=content.media,
        urls=urls,
        by_tag=_tags(articles),
        by_path={a.document.path: a for a in articles},
        around=_neighbours(articles),
        versions=versions,
        search=search,
        located=_locators(content, articles),
        own_boundaries=content.boundaries,
    )
    return site, (*problems, *mistaken, *_check(content, annotations, urls), *_check_use(articles, site.entries))


def _articles(content: Content, annotations: Annotations, urls: Urls) -> tuple[SiteArticle, ...]:
    asking = {i: e.meta.context for i, e in content.entries.items()}
    settings = content.settings
    made = (
        site_article(
            a,
            annotations.by_path[a.path],
            asking=asking,
            context=settings.context,
            site_language=settings.language,
            url=urls.of[a.path],
        )
        for a in content.articles
    )
    return tuple(sorted(made, key=lambda a: (-a.document.meta.date.toordinal(), a.document.path)))


def site_article(  # noqa: PLR0913
    article: Article,
    annotation: Annotation,
    *,
    asking: Mapping[EntryId, bool],
    context: ContextSettings,
    site_language: str,
    url: Url,
) -> SiteArticle:
    """An article with its boxes and its story. `asking`: for every entry, whether it asks for a box."""
    boxes = place_boxes(article, annotation, asking, context)
    ids = mention_ids(annotation, boxes)
    return SiteArticle(
        document=article,
        annotation=annotation,
        url=url,
        language=article.meta.language or site_language,
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
        found = appearances_of(article.document.path, article.annotation, article.mention_ids)
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
            present=present(entry.meta, content.today),
            appears_in=tuple(appearances[identifier]),
            incoming=tuple(incoming[identifier]),
        )
        for identifier, entry in content.entries.items()
    }


def _locators(content: Content, articles: tuple[SiteArticle, ...]) -> dict[EntryId, Locator]:
    if content.settings.maps.draw is MapDrawing.OFF:
        return {}
    language = content.settings.language
    found = (
        known_place(i, e.meta, e.meta.language or language, content.boundaries) for i, e in content.entries.items()
    )
    places = [place for place in found if place is not None]
    return locators(places, Counter(item.entry for a in articles for item in a.story)) if places else {}


def _candidate(article: SiteArticle) -> Candidate:
    document = article.document
    return Candidate(document.path, document.meta.title, article.url, article.language, origin_of(document))


def origin_of(article: Article) -> Origin | None:
    """What an article says that it translates."""
    stem = article.meta.translation_of
    return Origin(stem, *article.place("translation_of")) if stem else None


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


def _tags(articles: tuple[SiteArticle, ...]) -> dict[str, tuple[SourcePath, ...]]:
    """Articles by tag, latest first."""
    tags: dict[str, list[SourcePath]] = {}
    for article in articles:
        for tag in dict.fromkeys(article.document.meta.tags):
            tags.setdefault(tag, []).append(article.document.path)
    return {tag: tuple(tags[tag]) for tag in sorted(tags, key=tag_order)}


def tag_order(tag: str) -> tuple[str, str]:
    """By letter, whatever the case."""
    return tag.casefold(), tag


def _check_use(articles: Iterable[SiteArticle], entries: Mapping[EntryId, SiteEntry]) -> Iterator[Diagnostic]:
    """What articles make of their entries: boxes, and things outside their time."""
    metas = {identifier: entry.document.meta for identifier, entry in entries.items()}
    for a in articles:
        yield from check_boxes(a.document, a.annotation, a.boxes)
        yield from check_usage(a.document.path, usage_of(a.document, a.annotation, a.boxes), metas)


def _check(content: Content, annotations: Annotations, urls: Urls) -> Iterator[Diagnostic]:
    """Every reference that leads nowhere."""
    stems = {a.stem for a in content.articles}
    yield from references.check_settings(content.settings, content.place, urls, content.entries, stems)
    yield from check_entries(content.review, content.entries)
    for article in content.articles:
        yield from references.check_article(article, content.entries)
    for entry in content.entries.values():
        yield from references.check_entry(entry, content.entries)
    documents: tuple[Document[Any], ...] = (*content.articles, *content.entries.values(), *content.pages)
    ids = {d.path: ids_on_page(d) for d in documents}
    for document in documents:
        yield from references.check_directives(document, content.entries)
        yield from references.check_mentions(annotations.by_path[document.path], content.entries)
        yield from check_links(document.path, references_in(document), urls, ids)
