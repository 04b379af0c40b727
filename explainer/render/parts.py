"""The views that several pages share, made from the site."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import urljoin

from msgspec.structs import replace

from explainer.read.content import SETTINGS_FILE
from explainer.read.schema import AliasMeta, EntryKind, EntryMeta, FactMeta, NavItem, RelationMeta, SourceMeta
from explainer.render.maps import where
from explainer.render.theme import direction_of
from explainer.render.typography import smarten, smarten_parts
from explainer.render.views import (
    Appearance,
    ArticleCard,
    ArticleLink,
    EntryItem,
    EntryLink,
    Fact,
    FiledEntry,
    Kin,
    KindLink,
    Link,
    Name,
    Place,
    Relation,
    ShareImage,
    SiteView,
    Source,
    Translation,
)
from explainer.render.words import language_name, own_name
from explainer.site import Site, SiteArticle, SiteEntry
from explainer.site.as_of import begun_by, is_contested, span, span_on, summary_on
from explainer.site.kinship import Tie, tie_of
from explainer.site.links import find_target
from explainer.site.names import foreign_aliases
from explainer.site.story import Appearance as FoundAppearance
from explainer.site.story import most_mentioned
from explainer.site.translations import Version
from explainer.site.urls import tag_url
from explainer.types import EntryId, Html, SourcePath, Url

WORDS_PER_MINUTE = 230
CAST_SIZE = 5


def site_view(site: Site, *, url: Url, preview: bool, image: ShareImage | None = None) -> SiteView:
    """The site as the page at `url` shows it. `image` is the one of pages that have none of their own."""
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
        has_search=has.search,
        preview=preview,
        image=image,
    )


def _nav_link(item: NavItem, site: Site, here: Url) -> Link:
    """Where the settings name a file or an address, its `Url`; an address elsewhere stays as it is."""
    target = find_target(item.url, SourcePath(SETTINGS_FILE), site.urls)
    url = Url(target.outside or f"{target.url or item.url}{'#' if target.fragment else ''}{target.fragment}")
    return Link(item.title, url, current=url == here)


def entry_link(entry: SiteEntry) -> EntryLink:
    return EntryLink(entry.id, entry.document.meta.name, entry.url)


def kind_link(entry: SiteEntry) -> KindLink:
    meta = entry.document.meta
    return KindLink(entry.id, meta.name, entry.url, str(meta.kind))


def kind_in(site: Site) -> Callable[[str], str]:
    """The kind of an entry of a site, by its id."""
    return lambda identifier: str(site.entries[EntryId(identifier)].document.meta.kind)


def entry_item(entry: SiteEntry, day: dt.date | None = None) -> EntryItem:
    """An entry as it is at present, or as it was on a day."""
    meta = entry.document.meta
    return EntryItem(
        id=entry.id,
        name=meta.name,
        url=entry.url,
        kind=str(meta.kind),
        summary=smarten(summary_on(meta, day) if day else entry.summary, entry.language),
    )


def filed_entry(entry: SiteEntry) -> FiledEntry:
    """An entry as it is at present, with what it is filed under."""
    item = entry_item(entry)
    return FiledEntry(item.id, item.name, item.url, item.kind, item.summary, sort=filed_under(entry.document.meta))


def filed_under(meta: EntryMeta) -> str:
    """By what lists put an entry in order: “Tlass, Munaf”."""
    return meta.sort or meta.name


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


def list_card(article: SiteArticle, site: Site) -> ArticleCard:
    """A card without authors: lists name those of their lead alone, and need not be rendered when others change."""
    return replace(article_card(article, site), authors=())


def translation_views(versions: Iterable[Version], here: Url) -> tuple[Translation, ...]:
    """An article in its languages, as the page at `here` shows them."""
    return tuple(
        Translation(
            title=smarten(v.title, v.language),
            url=v.url,
            language=v.language,
            direction=direction_of(v.language),
            name=own_name(v.language),
            original=v.is_original,
            current=v.url == here,
        )
        for v in versions
    )


def names_of(entry: SiteEntry, site: Site) -> tuple[Name, ...]:
    """The aliases that readers may see."""
    return tuple(_name(a, entry.language) for a in site.aliases(entry.id))


def _name(alias: AliasMeta, language: str) -> Name:
    own = alias.language or language
    since, until = span(alias)
    named = language_name(own, language) if own != language else ""
    return Name(alias.text, own, direction_of(own), named, since, until)


def names_on(entry: SiteEntry, language: str) -> tuple[Name, ...]:
    """The name that an entry has on a page in a language, then those that stand beside it.

    Where the language writes names in another script, its own name comes first and the entry's beside it. Beside it
    stand, too, the first name in the page's language, which the text uses, and the first in every other script.
    """
    own = Name(entry.document.meta.name, entry.language, direction_of(entry.language))
    others = [_name(a, entry.language) for a in foreign_aliases(entry.document.meta, entry.language)]
    if not others:
        return (own,)
    found = [own, *[name for name in others if name.language == language][:1]]
    scripts = {_script(name.text) for name in found}
    if len(scripts) == 2:
        found.reverse()
    for name in others:
        if _script(name.text) not in scripts:
            scripts.add(_script(name.text))
            found.append(name)
    return tuple(found)


@lru_cache(maxsize=4096)
def _script(text: str) -> str:
    """Of its first letter, by the first word of that character's name: LATIN, ARABIC, CYRILLIC."""
    letter = next((character for character in text if character.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def source_views(sources: Iterable[SourceMeta]) -> tuple[Source, ...]:
    return tuple(Source(s.title, s.publisher, s.url, s.date, s.accessed) for s in sources)


def fact_views(
    facts: Sequence[FactMeta], sources: Sequence[SourceMeta], day: dt.date | None = None
) -> tuple[Fact, ...]:
    """Facts, each with the number of its source in the list beside it; as they could be told on a day, if one is given."""
    numbers: Mapping[str, int] = {s.id: n for n, s in enumerate(sources, 1) if s.id}
    return tuple(
        Fact(
            f.label,
            f.value,
            *(span_on(f, day) if day else span(f)),
            source=str(numbers.get(f.source, "")),
            attribution=_attribution(sources[numbers[f.source] - 1])
            if f.source in numbers and is_contested(f, facts)
            else "",
        )
        for f in facts
    )


def _attribution(source: SourceMeta) -> str:
    return source.publisher or source.title


def own_relations(entry: SiteEntry, site: Site, day: dt.date | None = None) -> tuple[Relation, ...]:
    """What the entry says of itself: “Munaf Tlass, son of Mustafa Tlass”; at present, or as it could be told on a day."""
    held = begun_by(entry.document.meta.relations, day) if day else entry.present.relations
    return tuple(_relation(entry, r, site.entries[r.entry], day) for r in held if r.entry in site.entries)


def incoming_relations(entry: SiteEntry, site: Site) -> tuple[Relation, ...]:
    """What other entries say of it at present, where it says nothing of them itself."""
    told = {r.entry for r in entry.document.meta.relations}
    others = ((site.entries[i], r) for i, r in site.incoming(entry.id) if i not in told)
    return tuple(_relation(other, r, entry) for other, r in others if r in other.present.relations)


def _relation(subject: SiteEntry, relation: RelationMeta, target: SiteEntry, day: dt.date | None = None) -> Relation:
    since, until = span_on(relation, day) if day else span(relation)
    persons = subject.document.meta.kind == target.document.meta.kind == EntryKind.PERSON
    tie = tie_of(relation.type) if persons else Tie.OTHER
    return Relation(entry_link(subject), relation.type, entry_link(target), since, until, str(tie))


_KIN = {Tie.PARENT: ("children", "parent"), Tie.CHILD: ("parent", "children")}
_KIN |= {Tie.SPOUSE: ("spouse", "spouse"), Tie.SIBLING: ("sibling", "sibling")}
"""What schema.org calls the object of a tie, seen from its subject; and the other way round."""


def kin_of(entry: SiteEntry, relations: Iterable[Relation]) -> tuple[Kin, ...]:
    """The family of a person, by what each is to it."""
    found: dict[str, dict[Url, None]] = {}
    for r in relations:
        if r.tie in _KIN:
            is_own = r.subject.id == entry.id
            name, other = _KIN[Tie(r.tie)][not is_own], r.object if is_own else r.subject
            found.setdefault(name, {})[other.url] = None
    return tuple(Kin(name, tuple(urls)) for name, urls in found.items())


def place_of(entry: SiteEntry, site: Site, language: str) -> Place | None:
    """Where an entry is, for a page in `language`."""
    location = entry.document.meta.location
    if location is None:
        return None
    known = site.locator(entry.id)
    return Place(entry_link(entry), location.lat, location.lon, where(known, language) if known else None)


def article_link(card: ArticleCard) -> ArticleLink:
    return ArticleLink(card.title, card.url, card.date, card.language, card.direction)


def appearance(found: FoundAppearance, links: Mapping[SourcePath, ArticleLink]) -> Appearance:
    article = links[found.article]
    before, phrase, after = smarten_parts((found.before, found.phrase, found.after), article.language)
    return Appearance(article, before, phrase, after, found.anchor)


def start_of_day(day: dt.date) -> dt.datetime:
    """Feeds want a time; an article has a date. Noon UTC is that date nearly everywhere."""
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


_ADDRESS = re.compile(r"""(?<=\s)(href|src|srcset)=(["'])(.*?)\2""")


def absolute_links(markup: Html, page: str) -> Html:
    """The markup with every link and image as a full address, for readers that show it away from its page."""

    def replaced(match: re.Match[str]) -> str:
        name, quote, address = match.groups()
        if name == "srcset":  # addresses that this program made: none has a comma or a space in it
            whole = ", ".join(urljoin(page, one) for one in address.split(", "))
        else:
            whole = urljoin(page, address)
        return f"{name}={quote}{whole}{quote}"

    return Html(_ADDRESS.sub(replaced, markup))
