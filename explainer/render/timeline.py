"""Timelines: what is dated of entries, as templates show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeAlias

from msgspec.structs import replace

from explainer.read.directives import Directive
from explainer.read.edtf import span_of
from explainer.render.parts import entry_link
from explainer.render.typography import smarten
from explainer.render.views import DirectiveView, TimelineEvent
from explainer.site import Site, SiteArticle, SiteEntry
from explainer.site.as_of import facts_on, summary_on
from explainer.site.events import Event, events_after, events_by, events_of, order_of
from explainer.types import Html

EVENTS_IN_BOX = 3

MOST_CHANGES = 30
"""That *What happened next* tells; the pages of the entries have them all."""


def event_view(event: Event, entry: SiteEntry, site: Site) -> TimelineEvent | None:
    """None for a relation to an entry that is not there, which is a diagnostic."""
    if event.other is not None and event.other not in site.entries:
        return None
    return TimelineEvent(
        since=event.since,
        until=event.until,
        label=event.label,
        text=smarten(event.text, entry.language),
        entry=entry_link(entry),
        other=entry_link(site.entries[event.other]) if event.other is not None else None,
    )


def events_on(entries: Iterable[SiteEntry], site: Site, day: dt.date) -> tuple[TimelineEvent, ...]:
    """What had happened to some entries by a day, oldest first."""
    every = ((e, entry) for entry in entries for e in events_by(events_of(entry.document.meta), day))
    return sorted_events(view for e, entry in every if (view := event_view(e, entry, site)))


def box_events(entry: SiteEntry, site: Site, day: dt.date) -> tuple[TimelineEvent, ...]:
    """The latest events of an entry by a day, but for what its box says anyway; none where they make no timeline."""
    meta = entry.document.meta
    said = {("", summary_on(meta, day)), *((f.label, f.value) for f in facts_on(meta, day))}
    events = [e for e in events_by(events_of(meta), day) if (e.label, e.text) not in said]
    views = [view for e in events if (view := event_view(e, entry, site))]
    return tuple(views[-EVENTS_IN_BOX:]) if len(views) > 1 else ()


def entry_events(entry: SiteEntry, site: Site) -> tuple[TimelineEvent, ...]:
    """An entry's whole timeline: its own events, and those of others that it says nothing of itself."""
    told = {r.entry for r in entry.document.meta.relations}
    found = [(e, entry) for e in entry.present.events]
    for identifier in dict.fromkeys(i for i, _ in site.incoming(entry.id) if i not in told and i != entry.id):
        other = site.entries[identifier]
        found += ((e, other) for e in other.present.events if e.other == entry.id)
    return sorted_events(view for e, owner in found if (view := event_view(e, owner, site)))


def happened_next(article: SiteArticle, site: Site) -> tuple[TimelineEvent, ...]:
    """What happened after the article's as-of date, as far as the day of the build, to the entries of its story."""
    entries = (site.entries[item.entry] for item in article.story)
    every = ((e, entry) for entry in entries for e in events_after(entry.present.events, article.as_of))
    return sorted_events(view for e, entry in every if (view := event_view(e, entry, site)))[:MOST_CHANGES]


Written: TypeAlias = tuple[tuple[str, Html], ...]
"""What an author wrote in a timeline: dates, each with its text."""


def with_written(view: DirectiveView, directive: Directive, written: Written) -> DirectiveView:
    """A timeline with what its author wrote, among the events of the entries that are named; of none where none is."""
    own = (TimelineEvent(*span_of(date, ""), label="", text="", entry=None, html=html) for date, html in written)
    return replace(view, events=sorted_events((*(view.events if directive.entries else ()), *own)))


def sorted_events(events: Iterable[TimelineEvent]) -> tuple[TimelineEvent, ...]:
    """Oldest first; of one day by the names of their entries, an author's own last."""
    return tuple(
        sorted(events, key=lambda e: (order_of(e.since or e.until), e.entry is None, e.entry.name if e.entry else ""))
    )
