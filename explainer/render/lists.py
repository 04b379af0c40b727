"""Home, the glossary's lists, tags, feed and sitemap."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from explainer.read.schema import EntryKind
from explainer.render.parts import entry_link, start_of_day
from explainer.render.views import (
    ArticleCard,
    EntryLink,
    FeedItem,
    FeedPage,
    GlossaryPage,
    HomePage,
    KindCount,
    LetterGroup,
    NotFoundPage,
    SitemapPage,
    TagCount,
    TagPage,
    TagsPage,
)
from explainer.site import Site, SiteArticle
from explainer.site.urls import GLOSSARY, HOME, TAGS, kind_url, tag_url
from explainer.types import Html, SourcePath, Url

KEY_ENTRIES = 12
FEED_LENGTH = 20

_ARTICLE = re.compile(r"(?:al|el|the)[-\s]+|ال", re.IGNORECASE)
"""What sorting passes over at the beginning of a name."""


def home_page(site: Site, cards: Mapping[SourcePath, ArticleCard]) -> HomePage:
    spread = Counter(item.entry for article in site.articles for item in article.story)
    ranked = sorted(spread, key=lambda e: (-spread[e], e))[:KEY_ENTRIES]
    return HomePage(
        articles=_lead_first(site, cards),
        entries=tuple(entry_link(site.entries[i]) for i in ranked),
        tags=_tag_counts(site),
        kinds=_kind_counts(site, HOME),
    )


def _lead_first(site: Site, cards: Mapping[SourcePath, ArticleCard]) -> tuple[ArticleCard, ...]:
    """The latest article first, unless the settings name another lead."""
    ranked = sorted(site.articles, key=lambda a: a.document.stem != site.settings.lead)
    return tuple(cards[a.document.path] for a in ranked)


def glossary_page(site: Site, kind: EntryKind | None) -> GlossaryPage:
    """All entries, or those of one kind, by letter."""
    links = [entry_link(e) for e in site.entries.values() if kind in {None, e.document.meta.kind}]
    return GlossaryPage(
        kind=str(kind or ""),
        groups=letter_groups(links),
        kinds=_kind_counts(site, kind_url(kind) if kind else GLOSSARY),
        count=len(links),
    )


def letter_groups(links: Iterable[EntryLink]) -> tuple[LetterGroup, ...]:
    """Entries by the first letter of what they are filed under; articles, case and accents do not count."""
    groups: dict[str, list[EntryLink]] = {}
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
    counts = Counter(e.document.meta.kind for e in site.entries.values())
    return tuple(KindCount(str(k), kind_url(k), counts[k], kind_url(k) == url) for k in EntryKind if counts[k])


def _tag_counts(site: Site) -> tuple[TagCount, ...]:
    return tuple(TagCount(tag, tag_url(tag), len(articles)) for tag, articles in site.tags.items())


def tags_page(site: Site) -> TagsPage:
    return TagsPage(_tag_counts(site))


def tag_page(tag: str, articles: Iterable[SiteArticle], cards: Mapping[SourcePath, ArticleCard]) -> TagPage:
    return TagPage(tag, tuple(cards[a.document.path] for a in articles))


def not_found_page(site: Site) -> NotFoundPage:
    return NotFoundPage(urlsplit(site.settings.url).path or "/")


def feed_page(items: Iterable[tuple[SiteArticle, ArticleCard, Html]]) -> FeedPage:
    """The latest articles; the feed's own date is theirs, so that equal sites give equal feeds."""
    made = tuple(FeedItem(card, html, start_of_day(changed_on(article))) for article, card, html in items)
    newest = max((i.updated for i in made), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    return FeedPage(made, newest)


def changed_on(article: SiteArticle) -> dt.date:
    """The day of the last change that an article tells of."""
    meta = article.document.meta
    days: list[dt.date] = [meta.date, *(c.date for c in meta.corrections)]
    return max([*days, meta.updated] if meta.updated else days)


def sitemap_page(site: Site) -> SitemapPage:
    pages: list[tuple[Url, dt.date | None]] = [(HOME, None)]
    pages += ((a.url, changed_on(a)) for a in site.articles)
    pages += ((p.url, None) for p in site.pages)
    if site.entries:
        pages.append((GLOSSARY, None))
        pages += ((kind_url(EntryKind(k.kind)), None) for k in _kind_counts(site, HOME))
        pages += ((e.url, None) for e in site.entries.values())
    if site.tags:
        pages.append((TAGS, None))
        pages += ((tag_url(t), None) for t in site.tags)
    return SitemapPage(tuple(sorted(pages, key=lambda p: p[0])))
