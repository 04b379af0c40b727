"""Home, the glossary's lists, tags, feed and sitemap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TypeAlias
from urllib.parse import urlsplit

from msgspec.structs import replace

from explainer.read.schema import EntryKind
from explainer.render.collation import initial
from explainer.render.long_lists import Dated, Part, pager_of, years_beyond_home
from explainer.render.maps import index_maps
from explainer.render.parts import entry_item, start_of_day, translation_views
from explainer.render.views import (
    Appearance,
    ArticleCard,
    EntryFeedPage,
    EntryLink,
    FeedItem,
    FeedPage,
    FiledEntry,
    GlossaryPage,
    HomePage,
    KindCount,
    LetterGroup,
    Link,
    NotFoundPage,
    SearchPage,
    SitemapItem,
    SitemapPage,
    TagCount,
    TagPage,
    TagsPage,
    YearCount,
    YearPage,
)
from explainer.site import Site
from explainer.site.urls import (
    GLOSSARY,
    HOME,
    SEARCH,
    SEARCH_INDEX,
    kind_url,
    page_of_list,
    sitemap_url,
    tag_url,
    year_url,
)
from explainer.types import EntryId, SourcePath, Url

KEY_ENTRIES = 12
FEED_LENGTH = 20

Cards: TypeAlias = tuple[ArticleCard, ...]


def home_page(site: Site, lead: Cards, others: Cards) -> HomePage:
    """`lead`: one article, or none on a site without articles. The others are shown without their entries."""
    return HomePage(
        articles=(*lead, *(replace(card, cast=()) for card in others)),
        years=_year_counts(site, None),
        entries=tuple(entry_item(site.entries[i]) for i in site.most_spread(KEY_ENTRIES)),
        tags=_tag_counts(site),
        kinds=_kind_counts(site, HOME),
    )


def _year_counts(site: Site, current: int | None) -> tuple[YearCount, ...]:
    counts = site.years()
    return tuple(YearCount(str(y), year_url(y), counts[y], y == current) for y in years_beyond_home(site))


def year_page(site: Site, year: int, part: Part[SourcePath], cards: Cards) -> YearPage:
    """A page of a year's articles. `cards`: of those in this part."""
    return YearPage(str(year), cards, part.length, _year_counts(site, year), pager_of(year_url(year), part))


def tag_page(tag: str, part: Part[SourcePath], cards: Cards) -> TagPage:
    """A page of the articles with a tag. `cards`: of those in this part."""
    return TagPage(tag, cards, part.length, pager_of(tag_url(tag), part))


def glossary_page(
    site: Site, kind: EntryKind | None, part: Part[EntryId], links: Iterable[FiledEntry], begins: Mapping[str, int]
) -> GlossaryPage:
    """A page of all entries, or of those of one kind, by letter.

    `links`: to the entries in this part; `begins`: for every letter of the list, in order, the page on which it begins.
    """
    url, language = kind_url(kind) if kind else GLOSSARY, site.settings.language
    ids = {letter: f"x-letter-{n}" for n, letter in enumerate(begins, 1)}
    return GlossaryPage(
        kind=str(kind or ""),
        groups=letter_groups(links, language, ids),
        letters=tuple(Link(one, Url(f"{page_of_list(url, page)}#{ids[one]}")) for one, page in begins.items()),
        kinds=_kind_counts(site, url),
        count=part.length,
        pager=pager_of(url, part),
        maps=index_maps(site, language=language) if kind is EntryKind.PLACE and part.number == 1 else (),
    )


def letter_groups(ordered: Iterable[FiledEntry], language: str, ids: Mapping[str, str]) -> tuple[LetterGroup, ...]:
    """Entries by their first letter. `ids`: of the letters' headings."""
    groups: dict[str, list[FiledEntry]] = {}
    for link in ordered:
        groups.setdefault(initial(link.sort, language), []).append(link)
    return tuple(LetterGroup(letter, ids[letter], tuple(entries)) for letter, entries in groups.items())


def _kind_counts(site: Site, url: Url) -> tuple[KindCount, ...]:
    return tuple(KindCount(str(k), kind_url(k), count, kind_url(k) == url) for k, count in site.kinds().items())


def _tag_counts(site: Site) -> tuple[TagCount, ...]:
    return tuple(TagCount(tag, tag_url(tag), count) for tag, count in site.tags().items())


def tags_page(site: Site) -> TagsPage:
    return TagsPage(_tag_counts(site))


def search_page(site: Site) -> SearchPage:
    return SearchPage(_kind_counts(site, SEARCH), SEARCH_INDEX)


def not_found_page(site: Site) -> NotFoundPage:
    return NotFoundPage(urlsplit(site.settings.url).path or "/")


def feed_page(items: Iterable[FeedItem]) -> FeedPage:
    """The latest articles; the feed's own date is theirs, so that equal sites give equal feeds."""
    made = tuple(items)
    return FeedPage(made, max((item.updated for item in made), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC)))


def entry_feed_page(entry: EntryLink, summary: str, appearances: Iterable[Appearance]) -> EntryFeedPage:
    """The latest articles that mention an entry: summaries, since there may be thousands of such feeds."""
    items = tuple(islice(appearances, FEED_LENGTH))
    newest = max((start_of_day(item.article.date) for item in items), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    return EntryFeedPage(entry, summary, items, newest)


def sitemap_page(site: Site, part: Part[Dated]) -> SitemapPage:
    """The addresses of a site; where they are too many for one file, the files that have them."""
    if part.pages == 1:
        return SitemapPage(_sitemap_items(site, part))
    return SitemapPage((), tuple(sitemap_url(number) for number in range(1, part.pages + 1)))


def sitemap_part(site: Site, part: Part[Dated]) -> SitemapPage:
    """One of several files with the addresses of a site."""
    return SitemapPage(_sitemap_items(site, part))


def _sitemap_items(site: Site, part: Part[Dated]) -> tuple[SitemapItem, ...]:
    translated = site.translated()
    return tuple(
        SitemapItem(url, changed, translation_views(translated.get(url, ()), url)) for url, changed in part.items
    )
