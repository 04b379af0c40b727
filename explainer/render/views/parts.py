"""Parts of pages: boxes, timelines, relations, what appears where."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from explainer.render.views.maps import MapView, Where
from explainer.render.views.shared import EntryItem, EntryLink, Fact, KindLink, Name, Source
from explainer.types import Html, Url

NO_HTML = Html("")


class ContextBox(Struct, frozen=True):
    """An entry's box. Template: `partials/context-box.html`, rendered into the article's body."""

    id: str
    """The id of the box on its page."""
    entry: KindLink
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


class StoryEntry(Struct, frozen=True):
    """One entry of *In this story*. Its summary feeds the previews."""

    id: str
    """The id of the `<div>` on the page: previews clone from it."""
    entry: KindLink
    names: tuple[Name, ...]
    """The name that it has on this page, then those that stand beside it: in the article's language, in other scripts."""
    summary: str
    as_of: dt.date
    mentions: tuple[str, ...]
    """Ids of the linked mentions in the text, in order."""
    count: int
    """How often the article names it, linked or not."""


class DirectiveView(Struct, frozen=True):
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


class TimelineEvent(Struct, frozen=True):
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


class Relation(Struct, frozen=True):
    """`subject` is `type` `object`: Munaf Tlass, son of, Mustafa Tlass."""

    subject: EntryLink
    type: str
    object: EntryLink
    since: str
    until: str
    tie: str = "other"
    """Of two persons: `parent`, `child`, `spouse` or `sibling`, where the subject is that to the object; else `other`."""


class Kin(Struct, frozen=True):
    """Those who are one thing to a person."""

    tie: str
    """As schema.org has it: `parent`, `children`, `spouse` or `sibling`."""
    urls: tuple[Url, ...]


class TextLine(Struct, frozen=True):
    """A line of text in a drawing; `x` is its middle, `y` its baseline."""

    x: int
    y: int
    text: str


class PictureNode(Struct, frozen=True):
    """An entry in a drawing, as a box."""

    x: int
    y: int
    width: int
    height: int
    sort: str
    """`main` for the entry that the picture is about, else the entry's kind."""
    lines: tuple[TextLine, ...]


class PicturePath(Struct, frozen=True):
    d: str
    """As SVG writes it."""
    sort: str
    """`parent`, `spouse`, `sibling` or `other`."""


class PictureLabel(Struct, frozen=True):
    """What stands at a line; `x` is its middle, `y` its baseline."""

    x: int
    y: int
    text: str


class RelationsPicture(Struct, frozen=True):
    """Relations as an SVG draws them, in units of its own. Template: `partials/relations-picture.html`."""

    width: int
    height: int
    mirrored: bool
    """Whether it is drawn from right to left: paths are to be mirrored, the rest is."""
    nodes: tuple[PictureNode, ...]
    paths: tuple[PicturePath, ...]
    labels: tuple[PictureLabel, ...]


class Place(Struct, frozen=True):
    entry: EntryLink
    lat: float
    lon: float
    where: Where | None = None
    """None where the site draws no maps."""


class ArticleLink(Struct, frozen=True):
    """An article as the pages of entries name it."""

    title: str
    url: Url
    date: dt.date
    language: str
    direction: str


class Appearance(Struct, frozen=True):
    """An article that names an entry, with the sentence that does so first."""

    article: ArticleLink
    before: str
    phrase: str
    after: str
    """The sentence, split at the mention."""
    anchor: str
    """The id of the mention on the article's page, or empty."""
