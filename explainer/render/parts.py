"""The views that several pages share, made from the site."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urljoin

from explainer.read.content import SETTINGS_FILE
from explainer.read.schema import FactMeta, NavItem, RelationMeta, SourceMeta
from explainer.render.theme import direction_of
from explainer.render.typography import smarten, smarten_parts
from explainer.render.views import (
    Appearance,
    ArticleCard,
    ArticleLink,
    EntryItem,
    EntryLink,
    Fact,
    Link,
    Name,
    Place,
    Relation,
    SiteView,
    Source,
    TimelineEvent,
)
from explainer.site import Site, SiteArticle, SiteEntry
from explainer.site.links import find_target
from explainer.site.story import Appearance as FoundAppearance
from explainer.site.story import most_mentioned
from explainer.site.urls import tag_url
from explainer.types import EntryId, Html, SourcePath, Url

WORDS_PER_MINUTE = 230
CAST_SIZE = 5


def site_view(site: Site, *, url: Url, preview: bool) -> SiteView:
    """The site as the page at `url` shows it."""
    settings = site.settings
    nav = tuple(_nav_link(item, site, url) for item in settings.nav)
    has = site.has()
    return SiteView(
        title=settings.title,
        description=smarten(settings.description, settings.language),
        publisher=settings.publisher,
        footer=smarten(settings.footer, settings.language),
        language=settings.language,
        nav=nav,
        has_articles=has.articles,
        has_entries=has.entries,
        has_tags=has.tags,
        preview=preview,
    )


def _nav_link(item: NavItem, site: Site, here: Url) -> Link:
    """Where the settings name a file or an address, its `Url`; an address elsewhere stays as it is."""
    target = find_target(item.url, SourcePath(SETTINGS_FILE), site.urls)
    url = Url(target.outside or f"{target.url or item.url}{'#' if target.fragment else ''}{target.fragment}")
    return Link(item.title, url, current=url == here)


def entry_link(entry: SiteEntry) -> EntryLink:
    return EntryLink(entry.id, entry.document.meta.name, str(entry.document.meta.kind), entry.url)


def entry_item(entry: SiteEntry) -> EntryItem:
    meta = entry.document.meta
    return EntryItem(
        id=entry.id,
        name=meta.name,
        kind=str(meta.kind),
        url=entry.url,
        summary=smarten(entry.summary, entry.language),
        sort=meta.sort or meta.name,
    )


def entry_links(site: Site, identifiers: Iterable[EntryId]) -> tuple[EntryLink, ...]:
    """The links to some entries; ids that no entry has are passed over (they are diagnostics)."""
    return tuple(entry_link(site.entries[i]) for i in identifiers if i in site.entries)


def article_card(article: SiteArticle, site: Site) -> ArticleCard:
    meta = article.document.meta
    return ArticleCard(
        title=smarten(meta.title, article.language),
        url=article.url,
        summary=smarten(meta.summary, article.language),
        date=meta.date,
        authors=meta.authors,
        tags=tuple(Link(t, tag_url(t)) for t in dict.fromkeys(meta.tags)),
        language=article.language,
        direction=direction_of(article.language),
        cast=entry_links(site, most_mentioned(article.story, CAST_SIZE)),
        minutes=max(1, round(article.words / WORDS_PER_MINUTE)),
        draft=article.document.draft,
        future=article.document.future,
    )


def names_of(entry: SiteEntry) -> tuple[Name, ...]:
    """The aliases that readers may see."""
    return tuple(
        Name(a.text, a.language or entry.language, direction_of(a.language or entry.language))
        for a in entry.document.meta.aliases
        if not a.demonym
    )


def native_names(entry: SiteEntry, *, beside: str) -> tuple[Name, ...]:
    """The first name in each other language, for display beside the name on a page in the language `beside`."""
    first: dict[str, Name] = {}
    for name in names_of(entry):
        if name.language not in {entry.language, beside}:
            first.setdefault(name.language, name)
    return tuple(first.values())


def source_views(sources: Iterable[SourceMeta]) -> tuple[Source, ...]:
    return tuple(Source(s.title, s.publisher, s.url, s.date, s.accessed) for s in sources)


def fact_views(facts: Iterable[FactMeta], sources: Iterable[SourceMeta]) -> tuple[Fact, ...]:
    """Facts, each with the number of its source in the list beside it."""
    numbers: Mapping[str, str] = {s.id: str(n) for n, s in enumerate(sources, 1) if s.id}
    return tuple(Fact(f.label, f.value, f.since, f.until, numbers.get(f.source, "")) for f in facts)


def own_relations(entry: SiteEntry, site: Site) -> tuple[Relation, ...]:
    """What the entry says of itself: “Munaf Tlass, son of Mustafa Tlass”."""
    return tuple(
        _relation(entry, r, site.entries[r.entry]) for r in entry.document.meta.relations if r.entry in site.entries
    )


def incoming_relations(entry: SiteEntry, site: Site) -> tuple[Relation, ...]:
    """What other entries say of it, where it says nothing of them itself."""
    told = {r.entry for r in entry.document.meta.relations}
    return tuple(_relation(site.entries[i], r, entry) for i, r in site.incoming(entry.id) if i not in told)


def _relation(subject: SiteEntry, relation: RelationMeta, target: SiteEntry) -> Relation:
    return Relation(entry_link(subject), relation.type, entry_link(target), relation.since, relation.until)


def history_events(entry: SiteEntry) -> tuple[TimelineEvent, ...]:
    """The entry's dated summaries and, on other days, its dated facts; oldest first."""
    meta = entry.document.meta
    summaries = {h.since.isoformat(): smarten(h.summary, entry.language) for h in meta.history}
    facts = [
        (f.since, f"{f.label}: {smarten(f.value, entry.language)}") for f in meta.facts if f.since not in summaries
    ]
    link = entry_link(entry)
    events = sorted([*summaries.items(), *facts])
    return tuple(TimelineEvent(date, text, link) for date, text in events if date and text)


def place_of(entry: SiteEntry) -> Place | None:
    location = entry.document.meta.location
    return Place(entry_link(entry), location.lat, location.lon) if location else None


def appearance(found: FoundAppearance, cards: Mapping[SourcePath, ArticleCard]) -> Appearance:
    card = cards[found.article]
    before, phrase, after = smarten_parts((found.before, found.phrase, found.after), card.language)
    article = ArticleLink(card.title, card.url, card.date, card.language, card.direction)
    return Appearance(article, before, phrase, after, found.anchor)


def start_of_day(day: dt.date) -> dt.datetime:
    """Feeds want a time; an article has a date. Noon UTC is that date nearly everywhere."""
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


_ADDRESS = re.compile(r"""(?<=\s)(href|src)=(["'])(.*?)\2""")


def absolute_links(markup: Html, page: str) -> Html:
    """The markup with every link and image as a full address, for readers that show it away from its page."""

    def whole(match: re.Match[str]) -> str:
        name, quote, address = match.groups()
        return f"{name}={quote}{urljoin(page, address)}{quote}"

    return Html(_ADDRESS.sub(whole, markup))
