"""The views of pages: one for each kind."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from explainer.render.views.maps import MapView
from explainer.render.views.parts import Appearance, Kin, Place, Relation, RelationsPicture, StoryEntry, TimelineEvent
from explainer.render.views.shared import (
    ArticleCard,
    Correction,
    EntryItem,
    EntryLink,
    Fact,
    FiledEntry,
    Link,
    Name,
    ShareImage,
    Source,
    Translation,
)
from explainer.types import Html, Url


class YearCount(Struct, frozen=True):
    year: str
    url: Url
    count: int
    """Articles of the year."""
    current: bool
    """Whether this is the page of that year."""


class PagerLink(Link, frozen=True):
    """A page of a long list."""

    after_gap: bool = False
    """Whether pages before it are not named."""


class Pager(Struct, frozen=True):
    """The pages of a list that has more than one."""

    number: int
    """Of the page being rendered, from 1."""
    count: int
    """Of pages."""
    pages: tuple[PagerLink, ...]
    """The first, the last, and those near this one."""
    previous: Link | None
    next: Link | None


class HomePage(Struct, frozen=True):
    articles: tuple[ArticleCard, ...]
    """The lead, then the latest, at most sixty."""
    years: tuple[YearCount, ...]
    """The lists of all articles; empty where this page holds them all."""
    entries: tuple[EntryItem, ...]
    """The entries that most articles name, at most twelve."""
    tags: tuple[TagCount, ...]
    kinds: tuple[KindCount, ...]


class ArticlePage(Struct, frozen=True):
    card: ArticleCard
    body: Html
    updated: dt.date | None
    as_of: dt.date
    story: tuple[StoryEntry, ...]
    next: tuple[TimelineEvent, ...]
    """What happened to its entries after `as_of`, as far as the day of the build; oldest first, at most thirty."""
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]
    """Its own, and those of its entries since its date; oldest first."""
    modified: dt.date
    """The day of the last change that it tells of."""
    newer: Link | None
    older: Link | None
    translations: tuple[Translation, ...]
    """In all its languages, this one among them, the original first; empty where there is one only."""


class EntryPage(Struct, frozen=True):
    entry: EntryItem
    names: tuple[Name, ...]
    """Aliases that may be shown."""
    body: Html
    facts: tuple[Fact, ...]
    """What is known at present: first those that every entry of the kind may have, then the rest as written."""
    relations: tuple[Relation, ...]
    """Its own, and those of other entries that point to it."""
    history: tuple[TimelineEvent, ...]
    """Its dated summaries, facts and relations; oldest first, the present last."""
    place: Place | None
    same_as: tuple[Link, ...]
    appears_in: tuple[Appearance, ...]
    """Latest article first."""
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]
    map: MapView | None = None
    picture: RelationsPicture | None = None
    """Of its relations, where there are enough of them and not too many."""
    kin: tuple[Kin, ...] = ()
    """A person's family among its relations, for machines."""


class LetterGroup(Struct, frozen=True):
    letter: str
    id: str
    """Of its heading."""
    entries: tuple[FiledEntry, ...]


class KindCount(Struct, frozen=True):
    kind: str
    url: Url
    count: int
    current: bool = False


class GlossaryPage(Struct, frozen=True):
    """`/glossary/`, and `/glossary/kind/person/` and so on, where `kind` is set."""

    kind: str
    groups: tuple[LetterGroup, ...]
    """The entries of this page."""
    letters: tuple[Link, ...]
    """Every letter of the list, with the heading that it leads to, on whichever page that is."""
    kinds: tuple[KindCount, ...]
    count: int
    """Entries of the whole list."""
    pager: Pager | None
    maps: tuple[MapView, ...] = ()
    """On the first page of places: all of them, then the countries with many."""


class TagCount(Struct, frozen=True):
    tag: str
    url: Url
    count: int


class TagsPage(Struct, frozen=True):
    tags: tuple[TagCount, ...]


class TagPage(Struct, frozen=True):
    tag: str
    articles: tuple[ArticleCard, ...]
    """Of this page."""
    count: int
    """Articles of the whole list."""
    pager: Pager | None


class YearPage(Struct, frozen=True):
    """The articles of a year, on a site whose home page does not hold all."""

    year: str
    articles: tuple[ArticleCard, ...]
    """Of this page."""
    count: int
    """Articles of the year."""
    years: tuple[YearCount, ...]
    pager: Pager | None


class PlainPage(Struct, frozen=True):
    """`content/pages/…`."""

    title: str
    body: Html


class SearchPage(Struct, frozen=True):
    """`/search/`, on a site that has search."""

    kinds: tuple[KindCount, ...]
    """Of the entries that there are."""
    index: Url
    """The folder of the index."""


class NotFoundPage(Struct, frozen=True):
    base: str
    """The path that the site is served under, with a slash at each end: the page is shown for addresses of any depth."""


class FeedItem(Struct, frozen=True):
    card: ArticleCard
    html: Html
    """The body and *In this story*, with absolute links."""
    updated: dt.datetime
    image: ShareImage | None = None


class FeedPage(Struct, frozen=True):
    items: tuple[FeedItem, ...]
    updated: dt.datetime


class EntryFeedPage(Struct, frozen=True):
    """The articles that mention an entry, each with the sentence that does so first."""

    entry: EntryLink
    summary: str
    items: tuple[Appearance, ...]
    """The latest, at most twenty."""
    updated: dt.datetime


class SitemapItem(Struct, frozen=True):
    """A page that search engines should know."""

    url: Url
    changed: dt.date | None
    translations: tuple[Translation, ...]
    """As on the article's page."""


class SitemapPage(Struct, frozen=True):
    pages: tuple[SitemapItem, ...]
    maps: tuple[Url, ...] = ()
    """The files that name the pages, where one would be too long; then `pages` is empty."""
