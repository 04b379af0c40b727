"""Home, the glossary's lists, tags, feed and sitemap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, TypeAlias, TypeVar
from urllib.parse import urlsplit

from explainer.read.schema import EntryKind
from explainer.render.collation import collation_key, initial
from explainer.render.maps import index_maps
from explainer.render.parts import entry_item, start_of_day, translation_views
from explainer.render.views import (
    Appearance,
    ArticleCard,
    EntryFeedPage,
    EntryItem,
    FeedItem,
    FeedPage,
    FiledEntry,
    GlossaryPage,
    HomePage,
    KindCount,
    LetterGroup,
    Link,
    NotFoundPage,
    Pager,
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
    HOME_LENGTH,
    SEARCH,
    SEARCH_INDEX,
    TAGS,
    kind_url,
    page_of_list,
    tag_url,
    year_url,
)
from explainer.types import SourcePath, Url

KEY_ENTRIES = 12
FEED_LENGTH = 20
ARTICLES_ON_A_PAGE, ENTRIES_ON_A_PAGE = 60, 300
"""Of a long list."""

Cards: TypeAlias = tuple[ArticleCard, ...]
T = TypeVar("T")


def home_page(site: Site, lead: Cards, others: Cards) -> HomePage:
    """`lead`: one article, or none on a site without articles. The others are shown without their entries."""
    return HomePage(
        articles=(*lead, *(replace(card, cast=()) for card in others)),
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


def year_page(site: Site, year: int, number: int, cards: Callable[[Iterable[SourcePath]], Cards]) -> YearPage:
    paths = site.in_year(year)
    shown, pager = _cut(paths, number, ARTICLES_ON_A_PAGE, year_url(year))
    return YearPage(str(year), cards(shown), len(paths), _year_counts(site, year), pager)


def tag_page(site: Site, tag: str, number: int, cards: Callable[[Iterable[SourcePath]], Cards]) -> TagPage:
    paths = site.tagged(tag)
    shown, pager = _cut(paths, number, ARTICLES_ON_A_PAGE, tag_url(tag))
    return TagPage(tag, cards(shown), len(paths), pager)


def glossary_page(site: Site, kind: EntryKind | None, number: int, links: Sequence[FiledEntry]) -> GlossaryPage:
    """A page of all entries, or of those of one kind, by letter."""
    url, language = kind_url(kind) if kind else GLOSSARY, site.settings.language
    ordered = in_order(links, language)
    shown, pager = _cut(ordered, number, ENTRIES_ON_A_PAGE, url)
    letters: dict[str, Link] = {}
    for place, link in enumerate(ordered):
        letter = initial(link.sort, language)
        there = page_of_list(url, 1 + place // ENTRIES_ON_A_PAGE)
        letters.setdefault(letter, Link(letter, Url(f"{there}#{_letter_id(len(letters) + 1)}")))
    ids = {letter: link.url.partition("#")[2] for letter, link in letters.items()}
    return GlossaryPage(
        kind=str(kind or ""),
        groups=letter_groups(shown, language, ids),
        letters=tuple(letters.values()),
        kinds=_kind_counts(site, url),
        count=len(ordered),
        pager=pager,
        maps=index_maps(site, language=language) if kind is EntryKind.PLACE and number == 1 else (),
    )


def in_order(links: Iterable[FiledEntry], language: str) -> tuple[FiledEntry, ...]:
    """Entries by what they are filed under, as a list in a language has them."""
    return tuple(sorted(links, key=lambda e: (collation_key(e.sort, language), e.id)))


def letter_groups(ordered: Iterable[FiledEntry], language: str, ids: Mapping[str, str]) -> tuple[LetterGroup, ...]:
    """Entries by their first letter. `ids`: of the letters' headings."""
    groups: dict[str, list[FiledEntry]] = {}
    for link in ordered:
        groups.setdefault(initial(link.sort, language), []).append(link)
    return tuple(LetterGroup(letter, ids[letter], tuple(entries)) for letter, entries in groups.items())


def _letter_id(number: int) -> str:
    return f"x-letter-{number}"


# ---- long lists -----------------------------------------------------------------------------------------------------


def _cut(whole: Sequence[T], number: int, size: int, url: Url) -> tuple[Sequence[T], Pager | None]:
    """What is on a page of a list, and the way to its other pages."""
    return whole[(number - 1) * size : number * size], pager_of(url, number, pages_of(len(whole), size))


def pager_of(url: Url, number: int, count: int) -> Pager | None:
    """The pages of a list, seen from one of them; None where it is the only one."""
    if count == 1:
        return None
    pages = tuple(Link(str(n), page_of_list(url, n), current=n == number) for n in range(1, count + 1))
    return Pager(number, pages, pages[number - 2] if number > 1 else None, pages[number] if number < count else None)


def pages_of(length: int, size: int) -> int:
    """How many pages a list has."""
    return max(1, -(-length // size))


class PageOfList(NamedTuple):
    """A page of a list, as a key of a job: `2 Armed forces`."""

    number: int
    key: str

    def __str__(self) -> str:
        return f"{self.number} {self.key}"

    @staticmethod
    def of(text: str) -> PageOfList:
        """The other way."""
        number, _, key = text.partition(" ")
        return PageOfList(int(number), key)


def further_pages(lengths: Mapping[str, int], size: int) -> Iterator[str]:
    """The pages of some lists, but for the first of each. `lengths`: by key."""
    for key, length in lengths.items():
        for number in range(2, pages_of(length, size) + 1):
            yield str(PageOfList(number, key))


def year_lengths(site: Site) -> dict[str, int]:
    counts = site.years()
    return {str(year): counts[year] for year in years_beyond_home(site)}


def kind_lengths(site: Site) -> dict[str, int]:
    return {str(kind): count for kind, count in site.kinds().items()}


def glossary_lengths(site: Site) -> dict[str, int]:
    return {"": sum(site.kinds().values())}


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


def entry_feed_page(entry: EntryItem, appearances: Iterable[Appearance]) -> EntryFeedPage:
    """The latest articles that mention an entry: summaries, since there may be thousands of such feeds."""
    items = tuple(islice(appearances, FEED_LENGTH))
    newest = max((start_of_day(item.article.date) for item in items), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    return EntryFeedPage(entry, items, newest)


def _further_urls(site: Site) -> Iterator[Url]:
    """The pages of long lists, but for the first of each."""
    lists: tuple[tuple[Mapping[str, int], int, Callable[[str], Url]], ...] = (
        (glossary_lengths(site), ENTRIES_ON_A_PAGE, lambda _key: GLOSSARY),
        (kind_lengths(site), ENTRIES_ON_A_PAGE, lambda key: kind_url(EntryKind(key))),
        (site.tags(), ARTICLES_ON_A_PAGE, tag_url),
        (year_lengths(site), ARTICLES_ON_A_PAGE, lambda key: year_url(int(key))),
    )
    for lengths, size, url in lists:
        for number, key in map(PageOfList.of, further_pages(lengths, size)):
            yield page_of_list(url(key), number)


def sitemap_page(site: Site) -> SitemapPage:
    pages: list[tuple[Url, dt.date | None]] = [(HOME, None), *site.changes()]
    pages += ((year_url(y), None) for y in years_beyond_home(site))
    pages += ((url, None) for url in _further_urls(site))
    kinds, tags = site.kinds(), site.tags()
    if kinds:
        pages.append((GLOSSARY, None))
        pages += ((kind_url(k), None) for k in kinds)
    if tags:
        pages.append((TAGS, None))
        pages += ((tag_url(t), None) for t in tags)
    translated = site.translated()
    return SitemapPage(
        tuple(
            SitemapItem(url, changed, translation_views(translated.get(url, ()), url))
            for url, changed in sorted(pages, key=lambda p: p[0])
        )
    )
