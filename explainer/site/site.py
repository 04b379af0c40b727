"""What pages ask of a site: the questions, `Site`, and the values in their answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from msgspec import Struct

from explainer.annotate import Annotation
from explainer.images import Picture
from explainer.maps.world import Boundaries
from explainer.read.content import Article, Entry, Page
from explainer.read.schema import AliasMeta, EntryKind, RelationMeta, Settings
from explainer.site.boxes import PlacedBox
from explainer.site.events import Present
from explainer.site.places import KnownPlace, Locator
from explainer.site.story import Appearance, StoryItem
from explainer.site.translations import Version
from explainer.site.urls import Urls
from explainer.types import EntryId, SourcePath, Url


class SiteArticle(Struct, frozen=True):
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


class Neighbour(Struct, frozen=True):
    """The article before or after another one."""

    title: str
    url: Url
    language: str


class SiteEntry(Struct, frozen=True):
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


class SitePage(Struct, frozen=True):
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

    def tags(self) -> Mapping[str, int]:
        """How many articles each tag has, in alphabetical order."""
        ...

    def kinds(self) -> Mapping[EntryKind, int]:
        """How many entries each kind has; kinds without any are left out."""
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

    def aliases(self, entry: EntryId) -> tuple[AliasMeta, ...]:
        """What an entry's own page lists (`shown_aliases`). Of these, `entries` need have no others than `foreign_aliases`."""
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
