"""Lists that are too long for one page: how they are cut, and the way from page to page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

from explainer.read.schema import EntryKind
from explainer.render.collation import collation_key, initial
from explainer.render.parts import filed_under
from explainer.render.views import Pager, PagerLink
from explainer.site import Site, WholeSite
from explainer.site.urls import GLOSSARY, HOME, HOME_LENGTH, TAGS, kind_url, page_of_list, tag_url, year_url
from explainer.types import EntryId, SourcePath, Url

ARTICLES_ON_A_PAGE, ENTRIES_ON_A_PAGE = 60, 300
ADDRESSES_IN_A_SITEMAP = 20_000
"""The protocol allows 50,000, and 50 MB: translations count for that."""
NEAR = 3
"""So many pages before and after the one that is shown are named on it, besides the first and the last."""

T = TypeVar("T")
Dated: TypeAlias = tuple[Url, dt.date | None]
"""An address, and when what is there was changed."""


class Part(NamedTuple, Generic[T]):
    """What is on one page of a list."""

    items: tuple[T, ...]
    number: int
    """Of the page, from 1."""
    pages: int
    """Of the list."""
    length: int
    """Of the whole list."""


def cut(whole: Sequence[T], size: int) -> tuple[Part[T], ...]:
    """A list in pages; an empty one has one page."""
    length = len(whole)
    pages = pages_of(length, size)
    return tuple(Part(tuple(whole[n * size : (n + 1) * size]), n + 1, pages, length) for n in range(pages))


def cut_articles(paths: Sequence[T]) -> tuple[Part[T], ...]:
    """A list of articles in pages."""
    return cut(paths, ARTICLES_ON_A_PAGE)


class Filed(NamedTuple):
    """A list of entries in pages."""

    parts: tuple[Part[EntryId], ...]
    begins: Mapping[str, int]
    """For every letter, in order, the page on which it begins."""


def filed(under: Mapping[EntryId, str], language: str) -> Filed:
    """Entries by what they are filed under, as a list in a language has them."""
    ordered = sorted(under, key=lambda entry: (collation_key(under[entry], language), entry))
    begins: dict[str, int] = {}
    for place, entry in enumerate(ordered):
        begins.setdefault(initial(under[entry], language), 1 + place // ENTRIES_ON_A_PAGE)
    return Filed(cut(ordered, ENTRIES_ON_A_PAGE), begins)


class LongLists(Protocol):
    """The long lists of a site. A page asks for its own part alone, so that all pages together ask for each item once."""

    def in_year(self, year: int, number: int) -> Part[SourcePath]:
        """The articles of a year, latest first. `number`: of the page, from 1."""
        ...

    def tagged(self, tag: str, number: int) -> Part[SourcePath]:
        """The articles with a tag, latest first."""
        ...

    def filed(self, kind: EntryKind | None, number: int) -> Part[EntryId]:
        """The entries of a kind, or all, by what they are filed under."""
        ...

    def begins(self, kind: EntryKind | None) -> Mapping[str, int]:
        """For every letter of that list, in order, the page on which it begins."""
        ...

    def addresses(self, number: int) -> Part[Dated]:
        """What the sitemap names, by address."""
        ...


class WholeLists:
    """The same of a site in memory."""

    def __init__(self, site: WholeSite) -> None:
        self._years = {year: cut_articles(site.in_year(year)) for year in site.years()}
        self._tags = {tag: cut_articles(paths) for tag, paths in site.by_tag.items()}
        metas = {i: entry.document.meta for i, entry in site.entries.items()}
        self._filed = {
            kind: filed({i: filed_under(m) for i, m in metas.items() if kind in {None, m.kind}}, site.settings.language)
            for kind in (None, *site.kinds())
        }
        self._addresses = cut_addresses(site)

    def in_year(self, year: int, number: int) -> Part[SourcePath]:
        return self._years[year][number - 1]

    def tagged(self, tag: str, number: int) -> Part[SourcePath]:
        return self._tags[tag][number - 1]

    def filed(self, kind: EntryKind | None, number: int) -> Part[EntryId]:
        return self._filed[kind].parts[number - 1]

    def begins(self, kind: EntryKind | None) -> Mapping[str, int]:
        return self._filed[kind].begins

    def addresses(self, number: int) -> Part[Dated]:
        return self._addresses[number - 1]


# ---- pages ----------------------------------------------------------------------------------------------------------


def pages_of(length: int, size: int) -> int:
    """How many pages a list has."""
    return max(1, -(-length // size))


def pager_of(url: Url, part: Part[Any]) -> Pager | None:
    """The pages of the list at an address, seen from one of them; None where it is the only one.

    A list of hundreds of pages is not named in full on each of them: readers would have to pass all those links.
    """
    if part.pages == 1:
        return None
    named = _named(part.number, part.pages)
    links = {
        n: PagerLink(str(n), page_of_list(url, n), n == part.number, after_gap=n - before > 1)
        for before, n in zip((0, *named), named, strict=False)
    }
    return Pager(part.number, part.pages, tuple(links.values()), links.get(part.number - 1), links.get(part.number + 1))


def _named(number: int, pages: int) -> list[int]:
    """The first page, the last one and those near the one that is shown; what is left out is never one page alone."""
    first, last = number - NEAR, number + NEAR
    near = range(1 if first <= 3 else first, (pages if last >= pages - 2 else last) + 1)
    return sorted({1, *near, pages})


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


def further_of_glossary(site: Site) -> Iterator[str]:
    """The second and all further pages of the list of all entries."""
    return _further({"": sum(site.kinds().values())}, ENTRIES_ON_A_PAGE)


def further_of_kinds(site: Site) -> Iterator[str]:
    return _further(site.kinds(), ENTRIES_ON_A_PAGE)


def further_of_tags(site: Site) -> Iterator[str]:
    return _further(site.tags(), ARTICLES_ON_A_PAGE)


def further_of_years(site: Site) -> Iterator[str]:
    counts = site.years()
    return _further({str(year): counts[year] for year in years_beyond_home(site)}, ARTICLES_ON_A_PAGE)


def _further(lengths: Mapping[Any, int], size: int) -> Iterator[str]:
    for key, length in lengths.items():
        for number in range(2, pages_of(length, size) + 1):
            yield str(PageOfList(number, str(key)))


def years_beyond_home(site: Site) -> tuple[int, ...]:
    """The years that have pages: all, where the home page does not hold every article; else none."""
    years = site.years()
    return tuple(years) if sum(years.values()) > HOME_LENGTH else ()


# ---- the sitemap ----------------------------------------------------------------------------------------------------


def cut_addresses(site: Site) -> tuple[Part[Dated], ...]:
    """Every page for readers, by address, in as many parts as the sitemap has files."""
    found = (*site.changes(), *((url, None) for url in _list_urls(site)))
    return cut(sorted(found, key=lambda dated: dated[0]), ADDRESSES_IN_A_SITEMAP)


def sitemap_parts(site: Site) -> Iterator[str]:
    """The numbers of the files of a sitemap that is too long for one; none where it is not."""
    texts = sum(site.years().values()) + sum(site.kinds().values()) + sum(1 for _ in site.page_paths())
    pages = pages_of(texts + sum(1 for _ in _list_urls(site)), ADDRESSES_IN_A_SITEMAP)
    return map(str, range(1, pages + 1) if pages > 1 else ())


def _list_urls(site: Site) -> Iterator[Url]:
    yield HOME
    kinds, tags = site.kinds(), site.tags()
    if kinds:
        yield from (GLOSSARY, *map(kind_url, kinds))
    if tags:
        yield from (TAGS, *map(tag_url, tags))
    yield from map(year_url, years_beyond_home(site))
    lists: tuple[tuple[Iterator[str], Callable[[str], Url]], ...] = (
        (further_of_glossary(site), lambda _key: GLOSSARY),
        (further_of_kinds(site), lambda key: kind_url(EntryKind(key))),
        (further_of_tags(site), tag_url),
        (further_of_years(site), lambda key: year_url(int(key))),
    )
    for keys, url in lists:
        for number, key in map(PageOfList.of, keys):
            yield page_of_list(url(key), number)
