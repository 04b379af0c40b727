"""What held on a day: an entry's dated summaries and facts."""

from __future__ import annotations

import datetime as dt

from explainer.read.schema import EntryMeta, FactMeta


def summary_on(meta: EntryMeta, day: dt.date) -> str:
    """The latest dated summary that begins on or before the day, else the entry's summary."""
    dated = [h for h in meta.history if h.since <= day]
    return max(dated, key=lambda h: h.since).summary if dated else meta.summary


def facts_on(meta: EntryMeta, day: dt.date) -> tuple[FactMeta, ...]:
    """The facts that were valid on the day; a year or a month without a day counts as a whole."""
    return tuple(f for f in meta.facts if _began(f.since, day) and not _ended(f.until, day))


def _began(since: str, day: dt.date) -> bool:
    return not since or day.isoformat()[: len(since)] >= since


def _ended(until: str, day: dt.date) -> bool:
    return bool(until) and day.isoformat()[: len(until)] > until
