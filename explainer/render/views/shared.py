"""What most pages show: the site, the page, links, names, cards."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from explainer.types import Url


class Link(Struct, frozen=True):
    """A title and where it leads."""

    title: str
    url: Url
    current: bool = False
    """Whether it leads to the page being rendered."""


class ShareImage(Struct, frozen=True):
    """The picture that other sites show beside a link."""

    url: Url
    width: int
    height: int
    """In pixels; 0 where they cannot be told."""
    alt: str


class SiteView(Struct, frozen=True):
    """The site as every page shows it."""

    title: str
    description: str
    publisher: str
    footer: str
    language: str
    nav: tuple[Link, ...]
    has_articles: bool
    has_entries: bool
    has_tags: bool
    has_search: bool
    preview: bool
    """True in `explainer serve`: drafts and future articles are there, marked."""
    image: ShareImage | None = None
    """Of pages that have none of their own."""


class PageView(Struct, frozen=True):
    """The document being rendered."""

    url: Url
    title: str
    description: str
    language: str
    direction: str
    """`ltr` or `rtl`."""
    kind: str
    """`home`, `article`, `entry`, `glossary`, `kind`, `tag`, `tags`, `year`, `page`, `search`, `404`, `feed`, `sitemap` or `robots`."""
    image: ShareImage | None = None
    """Its own: of an article, where it could be drawn."""


class Name(Struct, frozen=True):
    """A name with its language, so that a page can mark it up."""

    text: str
    language: str
    direction: str
    language_name: str = ""
    """What the entry's language calls the name's, on the entry's page, where it is another."""
    since: str = ""
    until: str = ""
    """When it was the name, where that is known."""


class EntryLink(Struct, frozen=True):
    """An entry as other pages mention it."""

    id: str
    name: str
    url: Url


class KindLink(EntryLink, frozen=True):
    """An entry where readers see what kind of entry it is."""

    kind: str


class EntryItem(KindLink, frozen=True):
    """An entry as lists of entries show it, and as its own page begins."""

    summary: str


class FiledEntry(EntryItem, frozen=True):
    """An entry as the glossary lists it."""

    sort: str
    """What it is filed under: `Tlass, Munaf`."""


class Fact(Struct, frozen=True):
    label: str
    value: str
    since: str
    until: str
    source: str
    """The number of the source in the list beside it, or empty."""
    attribution: str = ""
    """Who says so, where another source says otherwise of the same time; else empty."""


class Source(Struct, frozen=True):
    title: str
    publisher: str
    url: str
    date: str
    accessed: dt.date | None


class Correction(Struct, frozen=True):
    date: dt.date
    type: str
    text: str
    entry: EntryLink | None = None
    """The entry that was wrong, in an article that it touched."""


class ArticleCard(Struct, frozen=True):
    """An article as lists of articles show it."""

    title: str
    url: Url
    summary: str
    date: dt.date
    authors: tuple[str, ...]
    """Empty in lists, but for the lead of the home page."""
    tags: tuple[Link, ...]
    language: str
    direction: str
    cast: tuple[EntryLink, ...]
    """The entries it mentions most, at most five; empty on the home page, but for its lead."""
    minutes: int
    """Reading time, at 230 words a minute, at least 1."""
    draft: bool
    future: bool


class Translation(Struct, frozen=True):
    """An article in one of its languages."""

    title: str
    url: Url
    language: str
    direction: str
    name: str
    """What the language calls itself: `Français`."""
    original: bool
    """Whether the others are translations of it."""
    current: bool
    """Whether it is the page being rendered."""
