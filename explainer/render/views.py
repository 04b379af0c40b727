"""What templates see: closed, immutable values, one per kind of page.

Every template is given four names: `site` (`SiteView`), `page` (`PageView`), `words` (the interface's words in the
page's language) and `view` (one of the classes below that end in `…Page`). A page depends on exactly what it is given;
nothing else can be reached from a template.

Every `url` is a `Url` from the site's root (`/glossary/homs/`); templates write `{{ x.url | relative }}` for a link
that works under any sub-path and `{{ x.url | absolute }}` for canonical addresses, feeds and the sitemap.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from explainer.types import Html, Url

NO_HTML = Html("")

# ---- shared parts ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """A title and where it leads."""

    title: str
    url: Url
    current: bool = False
    """Whether it leads to the page being rendered."""


@dataclass(frozen=True, slots=True)
class ShareImage:
    """The picture that other sites show beside a link."""

    url: Url
    width: int
    height: int
    """In pixels; 0 where they cannot be told."""
    alt: str


@dataclass(frozen=True, slots=True)
class SiteView:
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


@dataclass(frozen=True, slots=True)
class PageView:
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


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its language, so that a page can mark it up."""

    text: str
    language: str
    direction: str
    language_name: str = ""
    """What the entry's language calls the name's, on the entry's page, where it is another."""
    since: str = ""
    until: str = ""
    """When it was the name, where that is known."""


@dataclass(frozen=True, slots=True)
class EntryLink:
    """An entry as other pages mention it."""

    id: str
    name: str
    kind: str
    url: Url


@dataclass(frozen=True, slots=True)
class EntryItem(EntryLink):
    """An entry as lists of entries show it, and as its own page begins."""

    summary: str
    sort: str
    """What the entry is filed under: `Tlass, Munaf`."""


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    since: str
    until: str
    source: str
    """The number of the source in the list beside it, or empty."""
    attribution: str = ""
    """Who says so, where another source says otherwise of the same time; else empty."""


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    publisher: str
    url: str
    date: str
    accessed: dt.date | None


@dataclass(frozen=True, slots=True)
class Correction:
    date: dt.date
    type: str
    text: str
    entry: EntryLink | None = None
    """The entry that was wrong, in an article that it touched."""


@dataclass(frozen=True, slots=True)
class ArticleCard:
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


@dataclass(frozen=True, slots=True)
class Translation:
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


# ---- maps -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Where:
    """Where a place is, for `partials/where.html` to say: about 20 km north of Homs."""

    place: str
    """Its name in the page's language, else the entry's."""
    language: str
    """Of that name; empty where it is the page's."""
    country: str
    """What it is called in the page's language; empty where the glossary has no such entry."""
    near: str
    """A better-known place, or empty."""
    near_vowel: bool
    """Whether that name begins with a vowel."""
    km: int
    """How far it is from there, rounded; 0 where it is the same place."""
    direction: str
    """`n`, `ne`, `e`, `se`, `s`, `sw`, `w`, `nw` of there, or empty."""
    neighbours: tuple[str, ...]
    """Of a country: the countries around it that the glossary names in the page's language."""


@dataclass(frozen=True, slots=True)
class MapDot:
    x: int
    y: int
    sort: str
    """`main`: what the map is about; `place`: for orientation."""


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A name on a map."""

    x: int
    y: int
    """Its baseline."""
    anchor: str
    """`start`, `middle` or `end` of the text is at `x`."""
    text: str
    language: str
    """Empty where it is the page's."""
    sort: str
    """`main`, `place` or `area`."""


@dataclass(frozen=True, slots=True)
class MapScale:
    x: int
    y: int
    length: int
    km: int


@dataclass(frozen=True, slots=True)
class MapView:
    """A map as an SVG draws it, in units of its own. Template: `partials/map-figure.html`."""

    id: str
    """The id of its title on the page."""
    sort: str
    """`small` or `wide`."""
    width: int
    height: int
    land: str
    borders: str
    focus: str
    """Paths, as values of `d`: land, boundaries, and the country or province that the map is about; may be empty."""
    dots: tuple[MapDot, ...]
    labels: tuple[MapLabel, ...]
    scale: MapScale | None
    subject: str
    """What one place's map is called by, or the country of several; empty where there is none."""
    count: int
    """How many places it is about."""
    where: tuple[Where, ...]
    """The same in words: one for each place that it is about."""
    others: tuple[str, ...]
    """What else is named on it."""


# ---- inside an article ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContextBox:
    """An entry's box. Template: `partials/context-box.html`, rendered into the article's body."""

    id: str
    """The id of the box on its page."""
    entry: EntryLink
    name: Name
    """The name that the entry has on this page: the article's language may write it in another script."""
    html: Html
    """What the author wrote inside the directive, else the summary valid on `as_of`, as a paragraph."""
    as_of: dt.date
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    events: tuple[TimelineEvent, ...]
    """The latest of the entry's events by `as_of` that neither summary nor facts tell, oldest first: two, three or none."""
    phrase: str
    """The id of the phrase it belongs to, or empty."""
    phrase_text: str
    classes: tuple[str, ...]
    map: MapView | None = None
    """Where the entry is, if it has a location."""


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """One entry of *In this story*. Its summary feeds the previews."""

    id: str
    """The id of the `<div>` on the page: previews clone from it."""
    entry: EntryLink
    names: tuple[Name, ...]
    """The name that it has on this page, then those that stand beside it: in the article's language, in other scripts."""
    summary: str
    as_of: dt.date
    mentions: tuple[str, ...]
    """Ids of the linked mentions in the text, in order."""
    count: int
    """How often the article names it, linked or not."""


@dataclass(frozen=True, slots=True)
class DirectiveView:
    """`::: cast | timeline | relations | map`. Templates: `partials/cast.html` and so on."""

    name: str
    entries: tuple[EntryItem, ...]
    events: tuple[TimelineEvent, ...]
    relations: tuple[Relation, ...]
    places: tuple[Place, ...]
    html: Html
    """What the author wrote inside the directive."""
    map: MapView | None = None
    """Of `::: map`; none in feeds, whose readers get the list."""
    picture: RelationsPicture | None = None
    """Of `::: relations`, where there are enough of them and not too many."""


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something dated: a summary, a fact, a relation, or what an author wrote."""

    since: str
    """When it was or began; empty where only its end is known."""
    until: str
    label: str
    """A fact's label, or a relation's type; else empty."""
    text: str
    """A summary, or a fact's value."""
    entry: EntryLink | None
    """None for what an author wrote."""
    other: EntryLink | None = None
    """The other entry of a relation."""
    html: Html = NO_HTML
    """What an author wrote."""


@dataclass(frozen=True, slots=True)
class Relation:
    """`subject` is `type` `object`: Munaf Tlass, son of, Mustafa Tlass."""

    subject: EntryLink
    type: str
    object: EntryLink
    since: str
    until: str
    tie: str = "other"
    """Of two persons: `parent`, `child`, `spouse` or `sibling`, where the subject is that to the object; else `other`."""


@dataclass(frozen=True, slots=True)
class Kin:
    """Those who are one thing to a person."""

    tie: str
    """As schema.org has it: `parent`, `children`, `spouse` or `sibling`."""
    urls: tuple[Url, ...]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text in a drawing; `x` is its middle, `y` its baseline."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class PictureNode:
    """An entry in a drawing, as a box."""

    x: int
    y: int
    width: int
    height: int
    sort: str
    """`main` for the entry that the picture is about, else the entry's kind."""
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class PicturePath:
    d: str
    """As SVG writes it."""
    sort: str
    """`parent`, `spouse`, `sibling` or `other`."""


@dataclass(frozen=True, slots=True)
class PictureLabel:
    """What stands at a line; `x` is its middle, `y` its baseline."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class RelationsPicture:
    """Relations as an SVG draws them, in units of its own. Template: `partials/relations-picture.html`."""

    width: int
    height: int
    mirrored: bool
    """Whether it is drawn from right to left: paths are to be mirrored, the rest is."""
    nodes: tuple[PictureNode, ...]
    paths: tuple[PicturePath, ...]
    labels: tuple[PictureLabel, ...]


@dataclass(frozen=True, slots=True)
class Place:
    entry: EntryLink
    lat: float
    lon: float
    where: Where | None = None
    """None where the site draws no maps."""


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """An article as the pages of entries name it."""

    title: str
    url: Url
    date: dt.date
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """An article that names an entry, with the sentence that does so first."""

    article: ArticleLink
    before: str
    phrase: str
    after: str
    """The sentence, split at the mention."""
    anchor: str
    """The id of the mention on the article's page, or empty."""


# ---- pages ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearCount:
    year: str
    url: Url
    count: int
    """Articles of the year."""
    current: bool
    """Whether this is the page of that year."""


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of a list that has more than one."""

    number: int
    """Of the page being rendered, from 1."""
    pages: tuple[Link, ...]
    """All of them."""
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class HomePage:
    articles: tuple[ArticleCard, ...]
    """The lead, then the latest, at most sixty."""
    years: tuple[YearCount, ...]
    """The lists of all articles; empty where this page holds them all."""
    entries: tuple[EntryItem, ...]
    """The entries that most articles name, at most twelve."""
    tags: tuple[TagCount, ...]
    kinds: tuple[KindCount, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    card: ArticleCard
    body: Html
    updated: dt.date | None
    as_of: dt.date
    story: tuple[StoryEntry, ...]
    next: tuple[TimelineEvent, ...]
    """What happened to its entries after `as_of`, as far as the day of the build; oldest first, at most thirty."""
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]
    """Its own, and those of its entries since its date; oldest first."""
    modified: dt.date
    """The day of the last change that it tells of."""
    newer: Link | None
    older: Link | None
    translations: tuple[Translation, ...]
    """In all its languages, this one among them, the original first; empty where there is one only."""


@dataclass(frozen=True, slots=True)
class EntryPage:
    entry: EntryItem
    names: tuple[Name, ...]
    """Aliases that may be shown."""
    body: Html
    facts: tuple[Fact, ...]
    """What is known at present: first those that every entry of the kind may have, then the rest as written."""
    relations: tuple[Relation, ...]
    """Its own, and those of other entries that point to it."""
    history: tuple[TimelineEvent, ...]
    """Its dated summaries, facts and relations; oldest first, the present last."""
    place: Place | None
    same_as: tuple[Link, ...]
    appears_in: tuple[Appearance, ...]
    """Latest article first."""
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]
    map: MapView | None = None
    picture: RelationsPicture | None = None
    """Of its relations, where there are enough of them and not too many."""
    kin: tuple[Kin, ...] = ()
    """A person's family among its relations, for machines."""


@dataclass(frozen=True, slots=True)
class LetterGroup:
    letter: str
    id: str
    """Of its heading."""
    entries: tuple[EntryItem, ...]


@dataclass(frozen=True, slots=True)
class KindCount:
    kind: str
    url: Url
    count: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """`/glossary/`, and `/glossary/kind/person/` and so on, where `kind` is set."""

    kind: str
    groups: tuple[LetterGroup, ...]
    """The entries of this page."""
    letters: tuple[Link, ...]
    """Every letter of the list, with the heading that it leads to, on whichever page that is."""
    kinds: tuple[KindCount, ...]
    count: int
    """Entries of the whole list."""
    pager: Pager | None
    maps: tuple[MapView, ...] = ()
    """On the first page of places: all of them, then the countries with many."""


@dataclass(frozen=True, slots=True)
class TagCount:
    tag: str
    url: Url
    count: int


@dataclass(frozen=True, slots=True)
class TagsPage:
    tags: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True)
class TagPage:
    tag: str
    articles: tuple[ArticleCard, ...]
    """Of this page."""
    count: int
    """Articles of the whole list."""
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class YearPage:
    """The articles of a year, on a site whose home page does not hold all."""

    year: str
    articles: tuple[ArticleCard, ...]
    """Of this page."""
    count: int
    """Articles of the year."""
    years: tuple[YearCount, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class PlainPage:
    """`content/pages/…`."""

    title: str
    body: Html


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`/search/`, on a site that has search."""

    kinds: tuple[KindCount, ...]
    """Of the entries that there are."""
    index: Url
    """The folder of the index."""


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    base: str
    """The path that the site is served under, with a slash at each end: the page is shown for addresses of any depth."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    card: ArticleCard
    html: Html
    """The body and *In this story*, with absolute links."""
    updated: dt.datetime
    image: ShareImage | None = None


@dataclass(frozen=True, slots=True)
class FeedPage:
    items: tuple[FeedItem, ...]
    updated: dt.datetime


@dataclass(frozen=True, slots=True)
class EntryFeedPage:
    """The articles that mention an entry, each with the sentence that does so first."""

    entry: EntryItem
    items: tuple[Appearance, ...]
    """The latest, at most twenty."""
    updated: dt.datetime


@dataclass(frozen=True, slots=True)
class SitemapItem:
    """A page that search engines should know."""

    url: Url
    changed: dt.date | None
    translations: tuple[Translation, ...]
    """As on the article's page."""


@dataclass(frozen=True, slots=True)
class SitemapPage:
    pages: tuple[SitemapItem, ...]
