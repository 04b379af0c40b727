"""A site in memory: all of it, computed at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from msgspec import Struct, field

from explainer.images import Picture
from explainer.maps.world import NO_BOUNDARIES, Boundaries
from explainer.read.schema import AliasMeta, EntryKind, RelationMeta, Settings
from explainer.site.changes import changed_on, corrected_on, days_of
from explainer.site.names import shown_aliases
from explainer.site.places import KnownPlace, Locator
from explainer.site.site import Has, Neighbour, SiteArticle, SiteEntry, SitePage
from explainer.site.story import Appearance
from explainer.site.translations import Sets, Version
from explainer.site.urls import Urls
from explainer.types import EntryId, SourcePath, Url


class WholeSite(Struct, frozen=True):
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
        """The articles of a year, latest first."""
        return tuple(a.document.path for a in self.articles if a.document.meta.date.year == year)

    def tags(self) -> Mapping[str, int]:
        return {tag: len(articles) for tag, articles in self.by_tag.items()}

    def tagged(self, tag: str) -> tuple[SourcePath, ...]:
        """The articles with a tag, latest first."""
        return self.by_tag[tag]

    def kinds(self) -> Mapping[EntryKind, int]:
        counts = Counter(e.document.meta.kind for e in self.entries.values())
        return {k: counts[k] for k in EntryKind if counts[k]}

    def of_kind(self, kind: EntryKind | None) -> tuple[EntryId, ...]:
        """The entries of a kind, or all, by id."""
        return tuple(i for i, e in self.entries.items() if kind in {None, e.document.meta.kind})

    def most_spread(self, most: int) -> tuple[EntryId, ...]:
        spread = Counter(item.entry for article in self.articles for item in article.story)
        return tuple(sorted(spread, key=lambda e: (-spread[e], e))[:most])

    def mentioned(self) -> tuple[EntryId, ...]:
        return tuple(sorted({item.entry for article in self.articles for item in article.story}))

    def appears_in(self, entry: EntryId) -> tuple[Appearance, ...]:
        return self.entries[entry].appears_in

    def aliases(self, entry: EntryId) -> tuple[AliasMeta, ...]:
        return shown_aliases(self.entries[entry].document.meta)

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
