"""Where everything is served: the one place that makes addresses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote

from msgspec import Struct

from explainer.diagnostics import Diagnostic, Kind
from explainer.read.content import MEDIA, Content
from explainer.read.schema import EntryKind
from explainer.types import EntryId, SourcePath, Url

HOME, GLOSSARY, TAGS, SEARCH = Url("/"), Url("/glossary/"), Url("/tags/"), Url("/search/")
NOT_FOUND, FEED, SITEMAP, ROBOTS = Url("/404.html"), Url("/feed.xml"), Url("/sitemap.xml"), Url("/robots.txt")
JSON_FEED = Url("/feed.json")
SEARCH_INDEX = Url("/search/pagefind/")
"""What browsers ask when a reader searches."""
GENERATED = (HOME, GLOSSARY, TAGS, NOT_FOUND, FEED, JSON_FEED, SITEMAP, ROBOTS)
HOME_LENGTH = 60
"""Articles on the home page; those of a site with more are listed by year."""

_RESERVED_FOLDERS = ("articles", "glossary", "tags", "assets", "media")


def article_url(slug: str) -> Url:
    return Url(f"/articles/{quote(slug)}/")


def entry_url(identifier: EntryId) -> Url:
    return Url(f"/glossary/{quote(identifier)}/")


def entry_feed_url(identifier: EntryId) -> Url:
    return Url(f"{entry_url(identifier)}feed.xml")


def page_url(slug: str) -> Url:
    return Url(f"/{quote(slug)}/")


def tag_url(tag: str) -> Url:
    return Url(f"/tags/{quote(slugify(tag))}/")


def kind_url(kind: EntryKind) -> Url:
    """Two levels below the glossary, where no entry's page can be."""
    return Url(f"/glossary/kind/{kind}/")


def year_url(year: int) -> Url:
    """Two levels below the articles, where no article's page can be."""
    return Url(f"/articles/year/{year}/")


def page_of_list(url: Url, number: int) -> Url:
    """A page of a list: the first is the list's own address, the others are two levels below it."""
    return url if number == 1 else Url(f"{url}page/{number}/")


def sitemap_url(number: int) -> Url:
    """A file of a sitemap that is too long for one."""
    return Url(f"/sitemap-{number}.xml")


def media_url(path: SourcePath) -> Url:
    return Url("/media/" + quote(str(PurePosixPath(path).relative_to(MEDIA))))


def slugify(text: str) -> str:
    """Letters and digits of any script, in small letters, joined by hyphens."""
    return "-".join(re.findall(r"\w+", text.lower())) or "untitled"


class Urls(Struct, frozen=True):
    """The address of every source file, and every address there is."""

    of: Mapping[SourcePath, Url]
    source: Mapping[Url, SourcePath]
    """The other way."""
    all: Collection[Url]


def assign_urls(content: Content, *, search: bool = False) -> tuple[Urls, tuple[Diagnostic, ...]]:
    """Give every text and medium its address; two of one address are a problem that names both.

    `search`: whether the site has a page of search.
    """
    of = dict(_assigned(content))
    derived = derived_urls(
        {e.meta.kind for e in content.entries.values()},
        {t for a in content.articles for t in a.meta.tags},
        [a.meta.date.year for a in content.articles],
        search=search,
    )
    tags = ((a.path, t, a.place("tags", n)) for a in content.articles for n, t in enumerate(a.meta.tags))
    problems = (*url_collisions(of.items(), derived), *tag_collisions(tags))
    every = frozenset((*of.values(), *GENERATED, *derived))
    return Urls(of, {url: path for path, url in of.items()}, every), problems


def _assigned(content: Content) -> Iterator[tuple[SourcePath, Url]]:
    for article in content.articles:
        yield article.path, article_url(article.meta.slug or article.stem)
    for identifier, entry in content.entries.items():
        yield entry.path, entry_url(identifier)
    for page in content.pages:
        yield page.path, page_url(page.meta.slug or page.stem)
    for path in content.media:
        yield path, media_url(path)


def derived_urls(kinds: Iterable[EntryKind], tags: Iterable[str], years: Collection[int], *, search: bool) -> set[Url]:
    """The addresses of lists, and of search where there is any. `years`: one for each article."""
    by_year = {year_url(y) for y in years} if len(years) > HOME_LENGTH else set()
    return {*map(kind_url, kinds), *map(tag_url, tags), *by_year, *([SEARCH] if search else [])}


def url_collisions(assigned: Iterable[tuple[SourcePath, Url]], derived: Iterable[Url]) -> Iterator[Diagnostic]:
    """Addresses that differ only in case count as one: some file systems take them so."""
    taken = {_as_file(url): "a page that the site makes itself" for url in (*GENERATED, *derived)}
    taken |= {f"/{folder}": "a folder that the site makes itself" for folder in _RESERVED_FOLDERS}
    for path, url in sorted(assigned):
        other = taken.setdefault(_as_file(url), path)
        if other != path:
            hint = "set another “slug:”, or rename one of the two files"
            yield Diagnostic(Kind.DUPLICATE_URL, path, f"the address {url} is taken by {other}", hint)


def _as_file(url: Url) -> str:
    """`/feed.xml/` and `/feed.xml` would be a folder and a file of one name."""
    return url.rstrip("/").casefold()


def tag_collisions(tags: Iterable[tuple[SourcePath, str, tuple[int, int]]]) -> Iterator[Diagnostic]:
    """Topics that are written differently and would share a page. `tags`: with their files and their places there."""
    first: dict[Url, tuple[str, SourcePath]] = {}
    for path, tag, place in tags:
        known, where = first.setdefault(tag_url(tag), (tag, path))
        if known != tag:
            message = f"the topic “{tag}” would share its page with “{known}” of {where}"
            hint = "write both in the same way, or rename one"
            yield Diagnostic(Kind.DUPLICATE_URL, path, message, hint, *place)


def relative_url(origin: str, target: str) -> str:
    """The shortest way from the page at `origin` to `target`, both from the site's root; `target` may have a fragment.

    `urljoin(origin, relative_url(origin, target)) == target`.
    """
    path, hash_, fragment = target.partition("#")
    if path == origin and hash_:
        return f"#{fragment}"
    for folder, way in _folders(origin):  # noqa: B007 - both are used below; the last one is the root
        if path.startswith(folder):
            break
    rest = path[len(folder) :]
    is_odd = not way and (not rest or rest.startswith("/") or ":" in rest.split("/", 1)[0])
    return f"{'./' if is_odd else way}{rest}{hash_}{fragment}"


@lru_cache(maxsize=64)
def _folders(origin: str) -> tuple[tuple[str, str], ...]:
    """The folders that a page is in, the innermost first, each with the way there: `/articles/` and `../`."""
    parts = origin.split("/")[:-1]
    depth = len(parts)
    return tuple(("/".join(parts[:n]) + "/", "../" * (depth - n)) for n in range(depth, 0, -1))
