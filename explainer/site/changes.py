"""When texts were changed last, as far as they tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from explainer.read.schema import ArticleMeta, EntryMeta
from explainer.site.story import StoryItem
from explainer.types import EntryId


def changed_on(meta: ArticleMeta, corrected: Iterable[dt.date] = ()) -> dt.date:
    """The day of the last change that an article tells of. `corrected`: when the entries that it mentions were."""
    days: list[dt.date] = [meta.date, *(c.date for c in meta.corrections), *(d for d in corrected if d >= meta.date)]
    return max([*days, meta.updated] if meta.updated else days)


def corrected_on(meta: EntryMeta) -> tuple[dt.date, ...]:
    """The days on which an entry was corrected."""
    return tuple(c.date for c in meta.corrections)


def days_of(story: Iterable[StoryItem], corrected: Mapping[EntryId, tuple[dt.date, ...]]) -> Iterator[dt.date]:
    """The days on which the entries of a story were corrected."""
    return (day for item in story for day in corrected.get(item.entry, ()))
