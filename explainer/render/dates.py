"""Dates in words, in the language of a page: “6 July 2012”, “about July 2012”, “1972–2004”."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol, TypeAlias

from babel.dates import format_date

from explainer.read.edtf import SEASONS, Edtf, EdtfDate, Interval, parse_edtf
from explainer.render.words import locale_of

Say: TypeAlias = Callable[..., str]
"""The interface's words: `say("date_about", date=…)`."""


_BEFORE_A_DAY = {"since": "since_day", "until": "until_day"}


class Lasting(Protocol):
    """Something with a beginning and an end, each a date or an empty text."""

    @property
    def since(self) -> str: ...
    @property
    def until(self) -> str: ...


def date_in_words(value: dt.date | str, language: str, say: Say) -> str:
    """A date as a language writes it; a text that is no date stays as it is."""
    if isinstance(value, dt.date):
        return _long(value, language)
    date = parse_edtf(value)
    return _told(date, language, say) if date else value


def span_in_words(since: str, until: str, language: str, say: Say) -> str:
    """“1972–2004”, “since July 2012”, “until 3 July 2012”; empty where neither end is said."""
    if since and until:
        return _between(since, until, language, say)
    if since or until:
        return _open(since or until, "since" if since else "until", language, say)
    return ""


def machine_date(value: dt.date | str) -> str:
    """A date, or a date and time, as HTML's `<time datetime>` takes it; empty where there is none such."""
    if isinstance(value, dt.date):
        return value.isoformat()
    date = parse_edtf(value)
    return date.iso if isinstance(date, EdtfDate) else ""


def _open(date: str, word: str, language: str, say: Say) -> str:
    """A language may say it in another way before a day: “depuis 2012”, “depuis le 6 juillet 2012”."""
    parsed = parse_edtf(date)
    is_day = isinstance(parsed, EdtfDate) and parsed.day and not (parsed.is_approximate or parsed.is_uncertain)
    return say(_BEFORE_A_DAY[word] if is_day else word, date=date_in_words(date, language, say))


def _told(date: Edtf, language: str, say: Say) -> str:
    if isinstance(date, Interval):
        return _interval(date, language, say)
    text = _plain(date, language, say)
    text = say("date_about", date=text) if date.is_approximate else text
    return say("date_uncertain", date=text) if date.is_uncertain else text


def _interval(interval: Interval, language: str, say: Say) -> str:
    start, end, is_open = interval
    if start and end:
        return _joined(start, end, language, say)
    if is_open:
        return "".join(say(w, date=_told(d, language, say)) for w, d in (("since", start), ("until", end)) if d)
    return f"{_told(start, language, say) if start else '?'}–{_told(end, language, say) if end else '?'}"


def _between(since: str, until: str, language: str, say: Say) -> str:
    start, end = parse_edtf(since), parse_edtf(until)
    if isinstance(start, EdtfDate) and isinstance(end, EdtfDate):
        return _joined(start, end, language, say)
    return say("from_to", since=date_in_words(since, language, say), until=date_in_words(until, language, say))


def _joined(start: EdtfDate, end: EdtfDate, language: str, say: Say) -> str:
    """Two years with a dash, other dates with words."""
    if start == end:
        return _told(start, language, say)
    first, last = _told(start, language, say), _told(end, language, say)
    return f"{first}–{last}" if _is_year(start) and _is_year(end) else say("from_to", since=first, until=last)


def _is_year(date: EdtfDate) -> bool:
    return date.year > 0 and date == EdtfDate(date.year, 0, 0, 0, is_uncertain=False, is_approximate=False)


def _plain(date: EdtfDate, language: str, say: Say) -> str:
    """The date without its marks of doubt."""
    if date.unknown_digits:
        first, last = (date.earliest[0], date.latest[0])
        if date.unknown_digits == 1 and first > 0:
            return say("date_decade", date=str(first))
        return say("date_between", since=_year(first, language), until=_year(last, language))
    if date.month in SEASONS:
        return say(f"season_{date.month}", year=_year(date.year, language))
    if date.year > 0 and date.day:
        return _long(dt.date(date.year, date.month, date.day), language)
    if date.month:
        # A year of the same length: only the names of day and month are taken from it.
        pattern, stand_in = ("d MMMM", date.day) if date.day else ("LLLL", 1)
        day = format_date(dt.date(2000, date.month, stand_in), pattern, locale=locale_of(language))
        return f"{day} {_year(date.year, language)}"
    return _year(date.year, language)


def _year(year: int, language: str) -> str:
    """There is no year 0: what comes before year 1 is 1 BC, which calendars of machines write as 0."""
    if year > 0:
        return f"{year:04}" if year < 1000 else str(year)
    return f"{1 - year} {locale_of(language).eras['abbreviated'][0]}"


@lru_cache(maxsize=4096)
def _long(day: dt.date, language: str) -> str:
    return format_date(day, "long", locale=locale_of(language))
