"""What is dated of an entry, as events in time: dated summaries, facts, relations. And what it is at present."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from explainer.read.edtf import Bound, bound_of, earliest, latest
from explainer.read.schema import EntryMeta, FactMeta, RelationMeta
from explainer.site.as_of import begun_by, span, summary_on
from explainer.types import EntryId


class Event(Struct, frozen=True):
    """Something that happened to an entry, or began, or ended."""

    since: str
    until: str
    """Dates of EDTF. One of them may be empty: of what has no beginning, the event is its end."""
    label: str = ""
    """A fact's label, or a relation's type."""
    text: str = ""
    """A summary, or a fact's value."""
    other: EntryId | None = None
    """The other entry of a relation."""

    @property
    def date(self) -> str:
        return self.since or self.until


class Present(Struct, frozen=True):
    """What an entry's own page states: all that has begun by the day of the build."""

    summary: str
    facts: tuple[FactMeta, ...]
    relations: tuple[RelationMeta, ...]
    events: tuple[Event, ...]
    """Oldest first."""


def present(meta: EntryMeta, day: dt.date) -> Present:
    """What has begun by the day; what is over by then is told with its end."""
    facts, relations = begun_by(meta.facts, day), begun_by(meta.relations, day)
    return Present(summary_on(meta, day), facts, relations, events_by(events_of(meta), day))


def undated(meta: EntryMeta) -> Present:
    """The same, of an entry for which no day matters."""
    return Present(meta.summary, meta.facts, meta.relations, ())


def is_dated(meta: EntryMeta) -> bool:
    """Whether anything of an entry depends on a day."""
    return bool(meta.history) or any(d.since or d.until for held in (meta.facts, meta.relations) for d in held)


def events_of(meta: EntryMeta) -> tuple[Event, ...]:
    """Oldest first. What is of the day of a summary is told by the summary."""
    told = {bound_of(h.since) for h in meta.history if h.summary}
    rest = (e for e in _dated(meta) if e.date and not (earliest(e.date) == latest(e.date) and earliest(e.date) in told))
    return in_order((*(Event(h.since.isoformat(), "", text=h.summary) for h in meta.history if h.summary), *rest))


def _dated(meta: EntryMeta) -> Iterator[Event]:
    yield from (Event(*span(f), label=f.label, text=f.value) for f in meta.facts)
    yield from (Event(*span(r), label=r.type, other=r.entry) for r in meta.relations)


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda e: order_of(e.date)))


def order_of(date: str) -> tuple[Bound, bool, str]:
    """Where a date stands among others: by its first day, days before months and years."""
    return earliest(date), earliest(date) != latest(date), date


def events_by(events: Iterable[Event], day: dt.date) -> tuple[Event, ...]:
    """What had happened by a day, as it could be told then: without ends that were still to come."""
    moment = bound_of(day)
    return tuple(
        event if _is_over(event, moment) else replace(event, until="")
        for event in events
        if (earliest(event.since) <= moment if event.since else _is_over(event, moment))
    )


def events_after(events: Sequence[Event], day: dt.date) -> tuple[Event, ...]:
    """What happened after a day: what `events_by` leaves out, and the ends that it does not tell."""
    moment = bound_of(day)
    later = (e for e in events if earliest(e.since) > moment)
    ends = (replace(e, since="") for e in events if earliest(e.since) <= moment and e.until and not _is_over(e, moment))
    return in_order((*later, *ends))


def _is_over(event: Event, moment: Bound) -> bool:
    return latest(event.until) < moment
