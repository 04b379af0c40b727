"""Dates of which not everything is known: EDTF, levels 0 and 1, without years of more than four digits.

    2012-07-06   2012-07   2012     a day, a month, a year; -0043 is 44 BC
    2012-22                         a season: 21 spring, 22 summer, 23 autumn, 24 winter
    2012-07~   2012-07?   2012-07%  about; uncertain; both
    201X   20XX   2012-XX           a year of the decade, of the century; some month of the year
    1972/2004   1972/..   ../2004   an interval, its ends included; one that is open; 1972/ where the end is not known

Source: Library of Congress, Extended Date/Time Format (EDTF) Specification, 4 February 2019, which is a profile of
ISO 8601-2:2019.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple, TypeAlias

Bound: TypeAlias = tuple[int, int, int]
"""Year, month and day, to be compared. Years before the first are zero and negative, which no `date` can be."""

EVER_BEFORE: Bound = (-100_000, 1, 1)
EVER_AFTER: Bound = (100_000, 1, 1)

SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
"""First and last month, as the north counts them; winter ends in the year after."""

_DATE = re.compile(
    r"(-?\d{2}(?:\d\d|\dX|XX))(?:-(0[1-9]|1[0-2]|2[1-4]|XX)(?:-(0[1-9]|[12]\d|3[01]|XX))?)?([?~%]?)", re.ASCII
)


class EdtfDate(NamedTuple):
    """A day, month, season or year, as far as it is known."""

    year: int
    """With zeros for the digits that are not known."""
    month: int
    """From 1, or a key of `SEASONS`; 0 where there is none."""
    day: int
    """0 where there is none."""
    unknown_digits: int
    """How many of the year's last digits are not known: 0, 1 or 2."""
    is_uncertain: bool
    is_approximate: bool

    @property
    def earliest(self) -> Bound:
        """The first day that it can be, `is_approximate` aside."""
        if self.year < 0 and self.unknown_digits:
            return self.year - 10**self.unknown_digits + 1, 1, 1
        return self.year, SEASONS.get(self.month, (self.month or 1, 0))[0], self.day or 1

    @property
    def latest(self) -> Bound:
        """The last day that it can be."""
        year = self.year + (10**self.unknown_digits - 1 if self.year >= 0 else 0)
        month = SEASONS.get(self.month, (0, self.month or 12))[1]
        year, month = (year + 1, month - 12) if month > 12 else (year, month)
        return year, month, self.day or _days_in(year, month)

    @property
    def iso(self) -> str:
        """What HTML's `<time datetime>` takes for it: a year, month or day; empty where there is nothing of the kind."""
        if self.year < 1 or self.unknown_digits or self.month in SEASONS:
            return ""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])


class Interval(NamedTuple):
    """From one date to another."""

    start: EdtfDate | None
    end: EdtfDate | None
    """None: open, or not known."""
    is_open: bool
    """Whether an end that is not there is open (`..`) and not unknown."""

    @property
    def earliest(self) -> Bound:
        return self.start.earliest if self.start else EVER_BEFORE

    @property
    def latest(self) -> Bound:
        return self.end.latest if self.end else EVER_AFTER


Edtf: TypeAlias = EdtfDate | Interval


class Span(NamedTuple):
    """Since when and until when something held, as texts; empty where that is not said."""

    since: str
    until: str


@lru_cache(maxsize=4096)
def parse_edtf(text: str) -> Edtf | None:
    """The date that a text is; None where it is none."""
    start, slash, end = text.partition("/")
    if not slash:
        return _date(text)
    ends = [(part in {"", ".."}, _date(part)) for part in (start, end)]
    if not all(is_empty or date for is_empty, date in ends) or all(is_empty for is_empty, _ in ends):
        return None
    interval = Interval(ends[0][1], ends[1][1], is_open=".." in {start, end})
    return interval if interval.earliest <= interval.latest else None


def _date(text: str) -> EdtfDate | None:
    match = _DATE.fullmatch(text)
    if match is None or text.startswith("-0000"):
        return None
    digits, month, day, mark = match.groups()
    unknown = digits.count("X")
    if (unknown and month) or (month == "XX" and day not in {None, "XX"}):
        return None
    date = EdtfDate(
        year=int(digits.replace("X", "0")),
        month=_number(month),
        day=_number(day),
        unknown_digits=unknown,
        is_uncertain=mark in {"?", "%"},
        is_approximate=mark in {"~", "%"},
    )
    if date.month in SEASONS:
        return None if day else date
    return date if date.day <= _days_in(date.year, date.month) else None


def _number(part: str | None) -> int:
    return 0 if part in {None, "XX"} else int(part or 0)


def _days_in(year: int, month: int) -> int:
    """In the calendar of today, carried back before its beginning, as ISO 8601 wants it."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


# ---- since when, until when -----------------------------------------------------------------------------------------


def bound_of(day: dt.date) -> Bound:
    return day.year, day.month, day.day


def earliest(text: str) -> Bound:
    """The first day that a date can be; a text that is none was always."""
    date = parse_edtf(text)
    return date.earliest if date else EVER_BEFORE


def latest(text: str) -> Bound:
    """The last day that a date can be; a text that is none is never over."""
    date = parse_edtf(text)
    return date.latest if date else EVER_AFTER


def span_of(since: str, until: str) -> Span:
    """Both ends of what holds from `since` to `until`, where an interval in `since` says both."""
    start, slash, end = since.partition("/")
    return Span(start.strip("."), end.strip(".") or until) if slash else Span(since, until)
