"""The site as a whole: addresses, links between pages, boxes, lists. The stage between mentions and pages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from explainer.annotate import Annotation, Annotations
from explainer.diagnostics import Diagnostic
from explainer.images import Picture
from explainer.maps.world import NO_BOUNDARIES, Boundaries
from explainer.read.content import Article, Content, Document, Entry, Page
from explainer.read.review import check_entries
from explainer.read.schema import ArticleMeta, ContextSettings, EntryKind, EntryMeta, MapDrawing, RelationMeta, Settings
from explainer.site import references
from explainer.site.boxes import PlacedBox, check_boxes, place_boxes
from explainer.site.events import Present, present
from explainer.site.links import check_links, ids_on_page, references_in
from explainer.site.places import KnownPlace, Locator, known_place, locators
from explainer.site.story import Appearance, StoryItem, appearances_of, mention_ids, story_of
from explainer.site.translations import Candidate, Origin, Sets, Version, translation_sets
from explainer.site.urls import Urls, assign_urls
from explainer.site.validity import check_usage, usage_of
from explainer.types import EntryId, SourcePath, Url

__all__ = [
    "Neighbour",
    "Site",
    "SiteArticle",
    "SiteEntry",
    "SitePage",
    "Version",
    "WholeSite",
    "assemble_site",
    "origin_of",
]


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
    present: Present
    """What holds on the day of the build."""
    appears_in: tuple[Appearance, ...]
    """Latest article first."""
    incoming: tuple[tuple[EntryId, RelationMeta], ...]
    """Relations of other entries to this one."""

    @property
    def summary(self) -> str:
        """What holds on the day of the build."""
        return self.present.summary


@dataclass(frozen=True, slots=True)
class SitePage:
    """A plain page."""

    document: Page
    annotation: Annotation
    url: Url
    language: str


class Has(NamedTuple):
    """What a site has any of."""

    articles: bool
    entries: bool
    tags: bool
    search: bool


class Site(Protocol):
    """What `render` asks of a site. A build that is not the first answers with what it kept, and notes what was asked."""

    @property
    def settings(self) -> Settings: ...
    @property
    def entries(self) -> Mapping[EntryId, SiteEntry]: ...
    @property
    def urls(self) -> Urls: ...

    def has(self) -> Has: ...
    def article_paths(self) -> Iterable[SourcePath]: ...
    def page_paths(self) -> Iterable[SourcePath]: ...
    def article(self, path: SourcePath) -> SiteArticle: ...
    def page(self, path: SourcePath) -> SitePage: ...

    def image_size(self, path: SourcePath) -> tuple[int, int] | None:
        """Width and height of a medium in pixels; None where they cannot be told."""
        ...

    def picture(self, path: SourcePath) -> Picture | None:
        """What a medium that a text shows is offered as, besides itself; None where there is nothing."""
        ...

    def front(self, length: int) -> tuple[SourcePath, ...]:
        """The articles of the home page: the lead, which is the latest unless the settings name another; then the latest."""
        ...

    def latest(self, length: int) -> tuple[SourcePath, ...]:
        """The latest articles that are published, the latest first."""
        ...

    def neighbours(self, article: SourcePath) -> tuple[Neighbour | None, Neighbour | None]:
        """The article that is newer and the one that is older."""
        ...

    def years(self) -> Mapping[int, int]:
        """How many articles each year has, the latest year first."""
        ...

    def in_year(self, year: int) -> tuple[SourcePath, ...]:
        """The articles of a year, latest first."""
        ...

    def tags(self) -> Mapping[str, int]:
        """How many articles each tag has, in alphabetical order."""
        ...

    def tagged(self, tag: str) -> tuple[SourcePath, ...]:
        """The articles with a tag, latest first."""
        ...

    def kinds(self) -> Mapping[EntryKind, int]:
        """How many entries each kind has; kinds without any are left out."""
        ...

    def of_kind(self, kind: EntryKind | None) -> tuple[EntryId, ...]:
        """The entries of a kind, or all, by id."""
        ...

    def most_spread(self, most: int) -> tuple[EntryId, ...]:
        """The entries that most articles mention."""
        ...

    def mentioned(self) -> tuple[EntryId, ...]:
        """The entries that any article mentions, by id."""
        ...

    def appears_in(self, entry: EntryId) -> tuple[Appearance, ...]:
        """Where an entry is mentioned, latest article first."""
        ...

    def incoming(self, entry: EntryId) -> tuple[tuple[EntryId, RelationMeta], ...]:
        """Relations of other entries to this one."""
        ...

    def translations(self, article: SourcePath) -> tuple[Version, ...]:
        """The article in all its languages, the original first; nothing where it has one only."""
        ...

    def translated(self) -> Mapping[Url, tuple[Version, ...]]:
        """The same by address, for every article that has several."""
        ...

    def changes(self) -> tuple[tuple[Url, dt.date | None], ...]:
        """The address of every text, with the day of the last change that it tells of."""
        ...

    def boundaries(self) -> Boundaries:
        """The site's own boundaries."""
        ...

    def places(self) -> tuple[KnownPlace, ...]:
        """Every entry with a location, by id; none where the site draws no maps."""
        ...

    def locator(self, entry: EntryId) -> Locator | None:
        """What the map of an entry shows; None where it has no location, or where the site draws no maps."""
        ...


@dataclass(frozen=True, slots=True)
class WholeSite:
    """A site in memory: all of it, computed at once."""

    settings: Settings
    articles: tuple[SiteArticle, ...]
    """Latest first."""
    entries: Mapping[EntryId, SiteEntry]
    pages: tuple[SitePage, ...]
    media: Mapping[SourcePath, Path]
    urls: Urls
    by_tag: Mapping[str, tuple[SourcePath, ...]]
    """By tag, in alphabetical order."""
    by_path: Mapping[SourcePath, SiteArticle]
    around: Mapping[SourcePath, tuple[Neighbour | None, Neighbour | None]]
    """The newer and the older neighbour of each article."""
    versions: Sets
    """The sets of translations."""
    search: bool
    """Whether there is a page of search."""
    located: Mapping[EntryId, Locator] = field(default_factory=dict)
    """By id, for those that have a place."""
    own_boundaries: Boundaries = NO_BOUNDARIES
    pictures: Mapping[SourcePath, Picture] = field(default_factory=dict)
    """Of the images that texts show."""

    def has(self) -> Has:
        return Has(bool(self.articles), bool(self.entries), bool(self.by_tag), self.search)

    def article_paths(self) -> Iterable[SourcePath]:
        return self.by_path

    def page_paths(self) -> Iterable[SourcePath]:
        return (page.document.path for page in self.pages)

    def article(self, path: SourcePath) -> SiteArticle:
        return self.by_path[path]

    def page(self, path: SourcePath) -> SitePage:
        return next(p for p in self.pages if p.document.path == path)

    def image_size(self, path: SourcePath) -> tuple[int, int] | None:
        return measure_image(self.media[path]) if path in self.media else None

    def picture(self, path: SourcePath) -> Picture | None:
        return self.pictures.get(path)

    def front(self, length: int) -> tuple[SourcePath, ...]:
        ranked = sorted(self.articles, key=lambda a: a.document.stem != self.settings.lead)
        return tuple(a.document.path for a in ranked[:length])

    def latest(self, length: int) -> tuple[SourcePath, ...]:
        published = (a for a in self.articles if not (a.document.draft or a.document.future))
        return tuple(a.document.path for a in islice(published, length))

    def neighbours(self, article: SourcePath) -> tuple[Neighbour | None, Neighbour | None]:
        return self.around[article]

    def years(self) -> Mapping[int, int]:
        return Counter(a.document.meta.date.year for a in self.articles)

    def in_year(self, year: int) -> tuple[SourcePath, ...]:
        return tuple(a.document.path for a in self.articles if a.document.meta.date.year == year)

    def tags(self) -> Mapping[str, int]:
        return {tag: len(articles) for tag, articles in self.by_tag.items()}

    def tagged(self, tag: str) -> tuple[SourcePath, ...]:
        return self.by_tag[tag]

    def kinds(self) -> Mapping[EntryKind, int]:
        counts = Counter(e.document.meta.kind for e in self.entries.values())
        return {k: counts[k] for k in EntryKind if counts[k]}

    def of_kind(self, kind: EntryKind | None) -> tuple[EntryId, ...]:
        return tuple(i for i, e in self.entries.items() if kind in {None, e.document.meta.kind})

    def most_spread(self, most: int) -> tuple[EntryId, ...]:
        spread = Counter(item.entry for article in self.articles for item in article.story)
        return tuple(sorted(spread, key=lambda e: (-spread[e], e))[:most])

    def mentioned(self) -> tuple[EntryId, ...]:
        return tuple(sorted({item.entry for article in self.articles for item in article.story}))

    def appears_in(self, entry: EntryId) -> tuple[Appearance, ...]:
        return self.entries[entry].appears_in

    def incoming(self, entry: EntryId) -> tuple[tuple[EntryId, RelationMeta], ...]:
        return self.entries[entry].incoming

    def translations(self, article: SourcePath) -> tuple[Version, ...]:
        return self.versions.get(article, ())

    def translated(self) -> Mapping[Url, tuple[Version, ...]]:
        return {self.by_path[path].url: versions for path, versions in self.versions.items()}

    def changes(self) -> tuple[tuple[Url, dt.date | None], ...]:
        corrected = {i: corrected_on(e.document.meta) for i, e in self.entries.items()}
        return (
            *((a.url, changed_on(a.document.meta, days_of(a.story, corrected))) for a in self.articles),
            *((p.url, None) for p in self.pages),
            *((e.url, max(corrected[i], default=None)) for i, e in self.entries.items()),
        )

    def boundaries(self) -> Boundaries:
        return self.own_boundaries

    def places(self) -> tuple[KnownPlace, ...]:
        return tuple(located.place for located in self.located.values())

    def locator(self, entry: EntryId) -> Locator | None:
        return self.located.get(entry)


def measure_image(file: Path) -> tuple[int, int] | None:
    """Width and height of an image in pixels; None where they cannot be told."""
    import imagesize  # noqa: PLC0415  # 40 ms that a site without images never needs

    try:
        width, height = imagesize.get(file)
    except (OSError, ValueError):  # not an image, or gone by now
        return None
    return (round(width), round(height)) if width > 0 and height > 0 else None


def changed_on(meta: ArticleMeta, corrected: Iterable[dt.date] = ()) -> dt.date:
    """The day of the last change that an article tells of. `corrected`: when the entries that it mentions were."""
    days: list[dt.date] = [meta.date, *(c.date for c in meta.corrections), *(d for d in corrected if d >= meta.date)]
    return max([*days, meta.updated] if meta.updated else days)


def corrected_on(meta: EntryMeta) -> tuple[dt.date, ...]:
    """The days on which an entry was corrected."""
    return tuple(c.date for c in meta.corrections)


def days_of(story: Iterable[StoryItem], corrected: Mapping[EntryId, tuple[dt.date, ...]]) -> Iterator[dt.date]:
    """The days on which the entries of a story were corrected."""
    return (day for item in story for day in corrected.get(item.entry, ()))


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
