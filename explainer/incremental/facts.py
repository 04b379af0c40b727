"""The rules that put the site together: addresses, order, lists, cards, and the checks between texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

from msgspec import Struct

from explainer.incremental.asked import AskedSite, AskedUrls, PageIds
from explainer.incremental.engine import Reader
from explainer.incremental.glossary import EntryIds, entry_meta, entry_path
from explainer.incremental.store import Made, Name
from explainer.incremental.texts import Facts, TextHead, Told, problem_shares
from explainer.maps.world import NO_BOUNDARIES, Boundaries
from explainer.read.content import find_place
from explainer.read.schema import EntryKind, EntryMeta, MapDrawing
from explainer.render.jobs import jobs_of, name_of
from explainer.render.lists import FEED_LENGTH, KEY_ENTRIES
from explainer.render.long_lists import (
    PageOfList,
    Part,
    cut_addresses,
    cut_articles,
    filed,
)
from explainer.render.parts import article_link, filed_entry, filed_under, list_card, site_view
from explainer.render.social import Social
from explainer.render.views import SiteView
from explainer.site import Has, Neighbour, changed_on, corrected_on, references, tag_order, validity
from explainer.site.events import Present, is_dated, present
from explainer.site.links import Reference, check_links
from explainer.site.names import as_named, shown_aliases
from explainer.site.pictures import images_in
from explainer.site.places import by_country, known_place, locator
from explainer.site.translations import Candidate, Origin, stem_of, translation_sets
from explainer.site.urls import (
    HOME_LENGTH,
    article_url,
    derived_urls,
    entry_url,
    kind_url,
    tag_collisions,
    tag_url,
    url_collisions,
)
from explainer.site.validity import Usage, depends_on_day
from explainer.types import EntryId, SourcePath, Url


class Dated(NamedTuple):
    """An article among the others."""

    day: int
    """As an ordinal."""
    year: int
    title: str
    url: Url
    language: str
    is_public: bool
    """Neither a draft nor in the future."""
    origin: Origin | None
    """What it says that it translates."""


class Status(NamedTuple):
    """How far an article is."""

    draft: bool
    future: bool


# ---- articles -------------------------------------------------------------------------------------------------------


def publish_article(reader: Reader, key: str) -> Made:
    """What an article adds to the site; nothing, not even its problems, if it is not published."""
    head: TextHead | None = reader.cell("text", key)
    if head is None:
        return Made(shares=problem_shares(reader.cell("unread", key) or ()))
    status = Status(head.meta.draft, future=head.meta.date > reader.cell("today"))
    if any(status) and not reader.cell("preview"):
        return Made()
    meta, told, more = head.meta, reader.cell("told", key), reader.cell("facts", key)
    url = article_url(meta.slug or head.path.rpartition("/")[2].removesuffix(".md"))
    language = meta.language or reader.cell("setting", "language")
    day = meta.date.toordinal()
    shares: dict[Name, object] = {
        ("dated", ""): Dated(day, meta.date.year, meta.title, url, language, not any(status), more.origin),
        ("address", url): (0, key),
        ("addresses", ""): (key, url),
        ("changes", ""): (url, changed_on(meta), day),
        **_shares_of_story(told),
        **_shares_of_facts(more, day),
    }
    return Made({("url", key): url, ("status", key): status}, shares)


def _shares_of_story(told: Told) -> dict[Name, object]:
    return {("spread", ""): tuple(item.entry for item in told.story)} if told.story else {}


def _shares_of_facts(facts: Facts, day: int) -> dict[Name, object]:
    tags = dict.fromkeys(tag for tag, _ in facts.tags)
    return {
        **{("appears", entry): (day, appearance) for entry, appearance in facts.appearances.items()},
        **{("tagged", tag): day for tag in tags},
        **{("tag url", tag_url(tag)): True for tag in tags},
        **({("tags", ""): facts.tags} if facts.tags else {}),
        ("counts", ""): (facts.mentions, facts.links),
        **({("undecided", ""): facts.undecided} if facts.undecided else {}),
        **problem_shares(facts.problems),
    }


def make_card(reader: Reader, key: str) -> Made:
    """An article as lists show it, and as the pages of entries name it."""
    site = AskedSite(reader)
    card = list_card(site.article(SourcePath(key)), site)
    return Made(cells={("card", key): card, ("article link", key): article_link(card)})


# ---- entries --------------------------------------------------------------------------------------------------------


class EntryFacts(Struct, frozen=True):
    """An entry as pages show it, but for its text."""

    path: SourcePath
    meta: EntryMeta
    """As pages have to know it that name the entry: `as_named`. Other aliases are asked for by themselves."""
    url: Url
    language: str
    present: Present | None
    """None for an entry for which no day matters."""


def present_entry(reader: Reader, key: str) -> Made:
    """What an entry adds to the site."""
    path, meta, identifier = entry_path(reader, key), entry_meta(reader, key), EntryId(key)
    now = present(meta, reader.cell("today")) if is_dated(meta) else None
    url, language = entry_url(identifier), meta.language or reader.cell("setting", "language")
    facts = EntryFacts(path, as_named(meta, language), url, language, now)
    incoming: dict[Name, object] = {
        ("incoming", other): tuple(r for r in meta.relations if r.entry == other)
        for other in {r.entry for r in meta.relations}
    }
    corrected = corrected_on(meta)
    shares: dict[Name, object] = {
        ("address", url): (1, path),
        ("addresses", ""): (path, url),
        ("changes", ""): (url, max(corrected, default=None), 0),
        ("kinds", ""): meta.kind,
        **{("filed under", kind): filed_under(meta) for kind in ("", str(meta.kind))},
        ("kind url", kind_url(meta.kind)): True,
    }
    located: dict[Name, object] = {}
    if meta.location is not None and reader.cell("setting", "maps").draw is MapDrawing.ON:
        own: Boundaries = reader.cell("boundaries") or NO_BOUNDARIES
        place = known_place(identifier, meta, language, own)
        shares["located", ""] = place
        located = {("place", key): place}
    cells: dict[Name, object] = {
        **located,
        **_if({("aliases", key): shown_aliases(meta)}),
        ("entry facts", key): facts,
        ("entry item", key): filed_entry(AskedSite.entry_of(identifier, facts)),
        ("url", path): url,
    }
    return Made(
        cells,
        {**shares, **incoming, **_if({("corrected", ""): corrected}), **_if({("by day", key): depends_on_day(meta)})},
    )


def _if(values: dict[Name, object]) -> dict[Name, object]:
    """Only those that say something."""
    return {name: value for name, value in values.items() if value}


# ---- places ---------------------------------------------------------------------------------------------------------


def gather_places(reader: Reader, key: str) -> Made:
    """The places of the glossary: all of them, those that are areas, and those of each country with their fame.

    What is asked of one country stays the same when a place in another one is edited.
    """
    del key
    places = tuple(s.value for s in reader.group("located"))
    if not places:
        return Made()
    known = by_country(places, reader.cell("tally", "known"))
    cells: dict[Name, object] = {("known places", code): counted for code, counted in known.items()}
    areas = tuple(p for p in places if p.area)
    return Made({**cells, ("places", ""): places, ("areas", ""): areas})


def locate(reader: Reader, key: str) -> Made:
    """What the map of an entry shows of the glossary."""
    own = reader.cell("place", key)
    return Made(cells={("locator", key): locator(own, reader.cell("known places", own.within), reader.cell("areas"))})


# ---- lists ----------------------------------------------------------------------------------------------------------


def order_articles(reader: Reader, key: str) -> Made:
    """The articles by date: who comes before whom, which open the home page, which fill the feed and each year."""
    del key
    dated = sorted(reader.group("dated"), key=lambda s: (-s.value.day, s.arg))
    ends: tuple[Neighbour | None, ...] = (None,)
    every = (*ends, *(Neighbour(d.title, d.url, d.language) for _, d in dated), *ends)
    cells: dict[Name, object] = {("neighbours", s.arg): (every[n], every[n + 2]) for n, s in enumerate(dated)}
    lead = reader.cell("setting", "lead")
    front = sorted(dated, key=lambda s: stem_of(s.arg) != lead) if lead else dated
    years: dict[int, list[str]] = {}
    for path, article in dated:
        years.setdefault(article.year, []).append(path)
    cells |= {
        ("front", ""): tuple(s.arg for s in front[:HOME_LENGTH]),
        ("latest", ""): tuple([s.arg for s in dated if s.value.is_public][:FEED_LENGTH]),
        ("years", ""): {year: len(paths) for year, paths in years.items()},
    }
    for year, paths in years.items():
        cells |= _parts("in year", str(year), cut_articles(paths))
    sets, problems = translation_sets(
        Candidate(SourcePath(s.arg), s.value.title, s.value.url, s.value.language, s.value.origin) for s in dated
    )
    cells |= {("translations", path): versions for path, versions in sets.items()}
    cells["translated", ""] = {s.value.url: sets[SourcePath(s.arg)] for s in dated if s.arg in sets}
    return Made(cells, problem_shares(problems))


def _parts(kind: str, key: str, parts: Iterable[Part[Any]]) -> dict[Name, object]:
    """A long list, a cell for each of its pages."""
    return {(kind, str(PageOfList(number, key))): part for number, part in enumerate(parts, 1)}


def list_tag(reader: Reader, key: str) -> Made:
    """The articles with a tag, latest first."""
    found = sorted(reader.group("tagged", key), key=lambda s: (-s.value, s.arg))
    return Made(_parts("in tag", key, cut_articles([s.arg for s in found])))


def list_entries(reader: Reader, key: str) -> Made:
    """The entries of a kind, or all of them, by what they are filed under; and where each letter begins."""
    under = {EntryId(s.arg): s.value for s in reader.group("filed under", key)}
    parts, begins = filed(under, reader.cell("setting", "language"))
    return Made({**_parts("filed", key, parts), ("begins", key): begins})


def list_addresses(reader: Reader, key: str) -> Made:
    """What the sitemap names."""
    return Made(_parts("in sitemap", key, cut_addresses(AskedSite(reader))))


def tally(reader: Reader, key: str) -> Made:
    """How much there is of what: tags, kinds of entries, the entries that most articles mention."""
    return Made(cells={("tally", key): _TALLIES[key](reader)})


def _count_mentions(reader: Reader) -> tuple[int, int, int]:
    """How many articles there are, and how many mentions and links in them."""
    counts = reader.values("counts")
    return len(counts), sum(mentions for mentions, _ in counts), sum(links for _, links in counts)


def _count_tags(reader: Reader) -> dict[str, int]:
    counts = Counter(tag for s in reader.group("tags") for tag in dict.fromkeys(tag for tag, _ in s.value))
    return {tag: counts[tag] for tag in sorted(counts, key=tag_order)}


def _count_kinds(reader: Reader) -> dict[EntryKind, int]:
    counts = Counter(reader.values("kinds"))
    return {kind: counts[kind] for kind in EntryKind if counts[kind]}


def _most_spread(reader: Reader) -> tuple[EntryId, ...]:
    spread = Counter(chain.from_iterable(reader.values("spread")))
    return tuple(sorted(spread, key=lambda e: (-spread[e], e))[:KEY_ENTRIES])


def _mentioned(reader: Reader) -> tuple[EntryId, ...]:
    return tuple(sorted(set(chain.from_iterable(reader.values("spread")))))


def _has(reader: Reader) -> Has:
    return Has(reader.holds("dated"), reader.holds("kinds"), reader.holds("tags"), reader.cell("search"))


def _count_located(reader: Reader) -> dict[EntryId, int]:
    """How many articles name each entry that has a place."""
    located = {s.arg for s in reader.group("located")}
    if not located:
        return {}
    counts = Counter(entry for entry in chain.from_iterable(reader.values("spread")) if entry in located)
    return {entry: counts[entry] for entry in sorted(counts)}


_TALLIES = {
    "tags": _count_tags,
    "kinds": _count_kinds,
    "spread": _most_spread,
    "mentioned": _mentioned,
    "has": _has,
    "known": _count_located,
    "counts": _count_mentions,
}
TALLIES = tuple(_TALLIES)


def show_site(reader: Reader, key: str) -> Made:
    """What every page shows of the site, field by field."""
    social: Social | None = reader.cell("social", "")
    image = social.image if social else None
    view = site_view(AskedSite(reader), url=Url(key), preview=reader.cell("preview"), image=image)
    return Made(cells={("shown", name): getattr(view, name) for name in SiteView.__struct_fields__})


# ---- checks ---------------------------------------------------------------------------------------------------------


def check_addresses(reader: Reader, key: str) -> Made:
    """Addresses and topics that two texts share."""
    del key
    tags = [(SourcePath(s.arg), tag, place) for s in reader.group("tags") for tag, place in s.value]
    years = reader.cell("years")
    derived = derived_urls(
        reader.cell("tally", "kinds"),
        {tag for _, tag, _ in tags},
        [y for y, n in years.items() for _ in range(n)],
        search=reader.cell("search"),
    )
    assigned = (s.value for s in reader.group("addresses"))
    return Made(shares=problem_shares((*url_collisions(assigned, derived), *tag_collisions(tags))))


def check_text(reader: Reader, key: str) -> Made:
    """Where the links of a text lead, and which images it shows."""
    found: tuple[Reference, ...] = reader.cell("references", key)
    if not found:
        return Made()
    path, urls = SourcePath(key), AskedUrls.of(reader)
    pictured: dict[Name, object] = {("pictured", medium): True for medium in images_in(path, found, urls)}
    return Made(shares={**pictured, **problem_shares(check_links(path, found, urls, PageIds(reader)))})


def check_usage(reader: Reader, key: str) -> Made:
    """What an article uses of its entries outside the time for which it holds."""
    usage: Usage = reader.cell("usage", key)
    if not any(reader.holds("by day", entry) for entry in sorted(usage.entries)):
        return Made()
    metas = {e: entry_meta(reader, e) for e in sorted(usage.entries) if reader.holds("entry", e)}
    return Made(shares=problem_shares(validity.check_usage(SourcePath(key), usage, metas)))


def check_site(reader: Reader, key: str) -> Made:
    """What site.yaml names that is not there."""
    del key
    settings, positions = reader.cell("settings")
    stems = {stem_of(s.arg) for s in reader.group("dated")} if settings.lead else set()

    def place(*location: str | int) -> tuple[int, int]:
        return find_place(positions, location)

    found = references.check_settings(settings, place, AskedUrls.of(reader), EntryIds(reader), stems)
    return Made(shares=problem_shares(found))


def list_pages(reader: Reader, key: str) -> Made:
    """Every page of the site, in the order in which they are rendered."""
    del key
    return Made(cells={("jobs", ""): tuple(name_of(job) for job in jobs_of(AskedSite(reader)))})
