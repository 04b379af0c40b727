"""Home, the glossary's lists, tags, feed and sitemap."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice
from urllib.parse import urlsplit

from explainer.read.schema import EntryKind
from explainer.render.corrections import modified_on
from explainer.render.maps import index_maps
from explainer.render.parts import entry_item, start_of_day
from explainer.render.views import (
    Appearance,
    ArticleCard,
    EntryFeedPage,
    EntryItem,
    FeedItem,
    FeedPage,
    GlossaryPage,
    HomePage,
    KindCount,
    LetterGroup,
    NotFoundPage,
    ShareImage,
    SitemapPage,
    TagCount,
    TagPage,
    TagsPage,
    YearCount,
    YearPage,
)
from explainer.site import Site, SiteArticle
from explainer.site.urls import GLOSSARY, HOME, HOME_LENGTH, TAGS, kind_url, tag_url, year_url
from explainer.types import Html, Url

KEY_ENTRIES = 12
FEED_LENGTH = 20
_ARTICLE = re.compile(r"(?:al|el|the)[-\s]+|ال", re.IGNORECASE)
"""What sorting passes over at the beginning of a name."""


def home_page(site: Site, cards: tuple[ArticleCard, ...]) -> HomePage:
    return HomePage(
        articles=cards,
        years=_year_counts(site, None),
        entries=tuple(entry_item(site.entries[i]) for i in site.most_spread(KEY_ENTRIES)),
        tags=_tag_counts(site),
        kinds=_kind_counts(site, HOME),
    )


def years_beyond_home(site: Site) -> tuple[int, ...]:
    """The years that have pages: all, where the home page does not hold every article; else none."""
    years = site.years()
    return tuple(years) if sum(years.values()) > HOME_LENGTH else ()


def _year_counts(site: Site, current: int | None) -> tuple[YearCount, ...]:
    counts = site.years()
    return tuple(YearCount(str(y), year_url(y), counts[y], y == current) for y in years_beyond_home(site))


def year_page(site: Site, year: int, cards: tuple[ArticleCard, ...]) -> YearPage:
    return YearPage(str(year), cards, _year_counts(site, year))


def glossary_page(site: Site, kind: EntryKind | None, links: Sequence[EntryItem]) -> GlossaryPage:
    """All entries, or those of one kind, by letter."""
    return GlossaryPage(
        kind=str(kind or ""),
        groups=letter_groups(links),
        kinds=_kind_counts(site, kind_url(kind) if kind else GLOSSARY),
        count=len(links),
        maps=index_maps(site, language=site.settings.language) if kind is EntryKind.PLACE else (),
    )


def letter_groups(links: Iterable[EntryItem]) -> tuple[LetterGroup, ...]:
    """Entries by the first letter of what they are filed under; articles, case and accents do not count."""
    groups: dict[str, list[EntryItem]] = {}
    for link in sorted(links, key=lambda e: (*collation_key(e.sort), e.id)):
        groups.setdefault(_letter(link.sort), []).append(link)
    return tuple(LetterGroup(letter, tuple(entries)) for letter, entries in groups.items())


def collation_key(text: str) -> tuple[bool, str, str]:
    """Digits and signs first, then letters; `al-Assad` as Assad, `Évian` as Evian."""
    plain = _plain(text)
    return plain[:1].isalpha(), plain, text


def _plain(text: str) -> str:
    bare = _ARTICLE.sub("", text.strip(), count=1) if _ARTICLE.match(text.strip()) else text.strip()
    decomposed = unicodedata.normalize("NFKD", bare.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c) and (c.isalnum() or c == " "))


def _letter(text: str) -> str:
    plain = _plain(text)
    return plain[0].upper() if plain[:1].isalpha() else "#"


def _kind_counts(site: Site, url: Url) -> tuple[KindCount, ...]:
    return tuple(KindCount(str(k), kind_url(k), count, kind_url(k) == url) for k, count in site.kinds().items())


def _tag_counts(site: Site) -> tuple[TagCount, ...]:
    return tuple(TagCount(tag, tag_url(tag), count) for tag, count in site.tags().items())


def tags_page(site: Site) -> TagsPage:
    return TagsPage(_tag_counts(site))


def tag_page(tag: str, cards: tuple[ArticleCard, ...]) -> TagPage:
    return TagPage(tag, cards)


def not_found_page(site: Site) -> NotFoundPage:
    return NotFoundPage(urlsplit(site.settings.url).path or "/")


def feed_page(site: Site, items: Iterable[tuple[SiteArticle, ArticleCard, Html, ShareImage | None]]) -> FeedPage:
    """The latest articles; the feed's own date is theirs, so that equal sites give equal feeds."""
    made = tuple(
        FeedItem(card, html, start_of_day(modified_on(article, site)), image) for article, card, html, image in items
    )
    newest = max((i.updated for i in made), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    return FeedPage(made, newest)


def entry_feed_page(entry: EntryItem, appearances: Iterable[Appearance]) -> EntryFeedPage:
    """The latest articles that mention an entry: summaries, since there may be thousands of such feeds."""
    items = tuple(islice(appearances, FEED_LENGTH))
    newest = max((start_of_day(item.article.date) for item in items), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    return EntryFeedPage(entry, items, newest)


def sitemap_page(site: Site) -> SitemapPage:
    pages: list[tuple[Url, dt.date | None]] = [(HOME, None), *site.changes()]
    pages += ((year_url(y), None) for y in years_beyond_home(site))
    kinds, tags = site.kinds(), site.tags()
    if kinds:
        pages.append((GLOSSARY, None))
        pages += ((kind_url(k), None) for k in kinds)
    if tags:
        pages.append((TAGS, None))
        pages += ((tag_url(t), None) for t in tags)
    return SitemapPage(tuple(sorted(pages, key=lambda p: p[0])))
