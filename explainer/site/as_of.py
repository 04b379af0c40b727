"""What held on a day: an entry's dated summaries, facts and relations.

A date that is a year, a month, a season or a decade counts as a whole: what is dated 2012 has begun on its first day,
and is over after its last. Marks of doubt (`~`, `?`) widen nothing here, for a page must not state what the author did
not; pages show them, and checks, which must not accuse wrongly, allow for them (`surely_outside`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from explainer.read.edtf import Bound, EdtfDate, Span, bound_of, earliest, latest, parse_edtf, span_of
from explainer.read.schema import EntryMeta, FactMeta, SourceMeta


class Dated(Protocol):
    """A fact, a relation or a name, for the time in which it holds."""

    @property
    def since(self) -> str: ...
    @property
    def until(self) -> str: ...


D = TypeVar("D", bound=Dated)


def summary_on(meta: EntryMeta, day: dt.date) -> str:
    """The latest dated summary that begins on or before the day, else the entry's summary."""
    dated = [h for h in meta.history if h.since <= day]
    return max(dated, key=lambda h: h.since).summary if dated else meta.summary


def facts_on(meta: EntryMeta, day: dt.date) -> tuple[FactMeta, ...]:
    """The facts that were valid on the day."""
    return tuple(f for f in meta.facts if holds(f, day))


def begun_by(items: tuple[D, ...], day: dt.date) -> tuple[D, ...]:
    """What had begun by the day, whether or not it was over."""
    return tuple(i for i in items if has_begun(i, day))


def holds(item: Dated, day: dt.date) -> bool:
    """Whether something held on a day."""
    return has_begun(item, day) and not has_ended(item, day)


def has_begun(item: Dated, day: dt.date) -> bool:
    """Something without a beginning always had."""
    return not item.since or earliest(span(item).since) <= bound_of(day)


def has_ended(item: Dated, day: dt.date) -> bool:
    """Something without an end never has."""
    return latest(span(item).until) < bound_of(day)


def span(item: Dated) -> Span:
    """Since when and until when; an interval in `from` says both."""
    return span_of(item.since, item.until)


def span_on(item: Dated, day: dt.date) -> Span:
    """The same as it could be told on a day: without an end that was still to come."""
    since, until = span(item)
    return Span(since, until if latest(until) < bound_of(day) else "")


def ends_before_it_begins(item: Dated) -> bool:
    """Whether the whole end lies before the whole beginning."""
    since, until = span(item)
    return latest(until) < earliest(since)


def published_by(sources: tuple[SourceMeta, ...], day: dt.date) -> tuple[SourceMeta, ...]:
    """What an article of a day could have read: a source that came out later is the entry's own."""
    return tuple(s for s in sources if earliest(s.date) <= bound_of(day))


def is_contested(fact: FactMeta, facts: Iterable[FactMeta]) -> bool:
    """Whether another source gives another value, for a time that the two have in common."""
    return bool(fact.source) and any(
        other.label == fact.label
        and other.value != fact.value
        and other.source not in {"", fact.source}
        and earliest(span(other).since) <= latest(span(fact).until)
        and earliest(span(fact).since) <= latest(span(other).until)
        for other in facts
    )


def surely_outside(item: Dated, day: dt.date) -> bool:
    """Whether something did not hold on a day, even if a doubtful date is off by its own length."""
    since, until = span(item)
    moment = bound_of(day)
    return _widened(since, earliest(since), -1) > moment or _widened(until, latest(until), 1) < moment


def _widened(text: str, bound: Bound, step: int) -> Bound:
    date = parse_edtf(text)
    if not isinstance(date, EdtfDate) or not (date.is_approximate or date.is_uncertain):
        return bound
    year, month, _ = bound
    if date.day:
        return bound_of(dt.date(*bound) + dt.timedelta(step)) if 1 < year < dt.MAXYEAR else bound
    if date.month:
        months = year * 12 + month - 1 + step * (1 if date.month <= 12 else 3)
        return months // 12, months % 12 + 1, 31 if step > 0 else 1  # as an order, any month may have 31 days
    return year + step * 10**date.unknown_digits, *bound[1:]
