"""What a change does to a site's links: those that are added, removed, or lead to another entry.

Mentions before and after are paired first by place, in passages that did not change, however far they were shifted;
then, in passages that did, by quotation: the words, the words around them, and which of several such mentions it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from explainer.annotate import Annotation, Decision
from explainer.annotate.text import Passage
from explainer.report.places import lines_of
from explainer.types import EntryId, SourcePath

_AROUND = (24, 8, 0)
"""Characters on each side of a mention that have to be equal: much is asked first, then less, then only the words."""

GONE_ARTICLE = "the article is not there any more"
GONE_WORDS = "no longer in the text"
GONE_MENTION = "no longer a mention of an entry"
"""Why a link is gone where no decision says it."""


class Change(StrEnum):
    """What becomes of a link."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """It leads to another entry."""


class Side(Struct, frozen=True):
    """An article before or after the change."""

    text: str
    annotation: Annotation


NOTHING = Side("", Annotation((), ()))
"""An article that is not there."""


class LinkChange(Struct, frozen=True):
    """One link that a change concerns."""

    change: Change
    source: SourcePath
    text: str
    line: int
    column: int
    """Where the mention stands now or, if `is_gone`, where it stood."""
    is_gone: bool
    """Whether its words are no longer in the text."""
    before: EntryId | None
    after: EntryId | None
    """The entries that it led and leads to; None: no link."""
    reason: str
    """Why it is as it is now."""


_Pair: TypeAlias = tuple[Decision | None, Decision | None]
"""A mention before and after."""


def diff_links(before: Mapping[SourcePath, Side], after: Mapping[SourcePath, Side]) -> tuple[LinkChange, ...]:
    """All changes, by article and place. An article whose path alone changed is compared with itself."""
    renamed = _renamed(before, after)
    changes: list[LinkChange] = []
    for path in sorted({*before, *after} - set(renamed.values())):
        changes += _diff_article(path, before.get(renamed.get(path, path), NOTHING), after.get(path, NOTHING))
    return tuple(changes)


def _renamed(before: Mapping[SourcePath, Side], after: Mapping[SourcePath, Side]) -> dict[SourcePath, SourcePath]:
    """From an article's new path to its old one, where the whole text is the same."""
    gone = {_texts(side): path for path, side in before.items() if path not in after}
    new = {path: _texts(side) for path, side in after.items() if path not in before}
    found: dict[SourcePath, SourcePath] = {}
    for path, texts in new.items():
        if texts and texts in gone:
            found[path] = gone.pop(texts)
    return found


def _texts(side: Side) -> tuple[str, ...]:
    return tuple(p.text for p in side.annotation.passages)


def _diff_article(path: SourcePath, before: Side, after: Side) -> list[LinkChange]:
    shifted = _unchanged(before.annotation.passages, after.annotation.passages)
    places = lines_of(before.text), lines_of(after.text)
    changes = []
    for old, new in _pairs(before.annotation, after.annotation, shifted):
        was, now = _linked(old), _linked(new)
        if was == now:
            continue
        start = _place_now(old, new, shifted, after.annotation.passages)
        shown = new or old
        line, column = places[1].place(start) if start is not None else places[0].place(shown.start if shown else 0)
        changes.append(
            LinkChange(
                change=Change.ADDED if was is None else Change.REMOVED if now is None else Change.MOVED,
                source=path,
                text=shown.text if shown else "",
                line=line,
                column=column,
                is_gone=start is None,
                before=was,
                after=now,
                reason=str(new.reason) if new else _why_gone(start, after),
            )
        )
    return sorted(changes, key=lambda c: (c.line, c.column, c.is_gone))


def _linked(decision: Decision | None) -> EntryId | None:
    return decision.entry if decision is not None and decision.linked else None


def _why_gone(start: int | None, after: Side) -> str:
    if start is not None:
        return GONE_MENTION
    return GONE_WORDS if after is not NOTHING else GONE_ARTICLE


def _place_now(
    old: Decision | None, new: Decision | None, shifted: Mapping[int, int], passages: Sequence[Passage]
) -> int | None:
    """Where the mention stands in the file as it is now; None where its words are gone."""
    if new is not None:
        return new.start
    if old is None or old.passage not in shifted:
        return None
    return passages[shifted[old.passage]].file_span(old.begin, old.stop)[0]


def _unchanged(before: Sequence[Passage], after: Sequence[Passage]) -> dict[int, int]:
    """From the number of a passage before to its number after, where its text is the same."""
    matcher = SequenceMatcher(None, [p.text for p in before], [p.text for p in after], autojunk=False)
    return {a + n: b + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}


def _pairs(before: Annotation, after: Annotation, shifted: Mapping[int, int]) -> Iterator[_Pair]:
    """Every mention of both sides, with its partner on the other where it has one."""
    by_place = {(d.passage, d.begin, d.stop): d for d in after.decisions}
    kept = set(shifted.values())
    olds = []
    for old in before.decisions:
        if old.passage in shifted:
            yield old, by_place.pop((shifted[old.passage], old.begin, old.stop), None)
        else:
            olds.append(old)
    news = [d for d in by_place.values() if d.passage not in kept]
    yield from ((None, d) for d in by_place.values() if d.passage in kept)
    yield from _by_quotation(olds, before.passages, news, after.passages)


def _by_quotation(
    olds: Sequence[Decision], before: Sequence[Passage], news: Sequence[Decision], after: Sequence[Passage]
) -> Iterator[_Pair]:
    """Pairs of equal quotations, the longest first, then what has no partner."""
    for width in _AROUND:
        quoted = dict(zip(_quotations(news, after, width), news, strict=True))
        left = []
        for key, old in zip(_quotations(olds, before, width), olds, strict=True):
            if key in quoted:
                yield old, quoted.pop(key)
            else:
                left.append(old)
        olds, news = left, list(quoted.values())
    yield from ((old, None) for old in olds)
    yield from ((None, new) for new in news)


def _quotations(
    decisions: Sequence[Decision], passages: Sequence[Passage], width: int
) -> Iterator[tuple[str, str, str, int]]:
    """The words before, the mention, the words after, and how many like it came before."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for decision in decisions:
        text = passages[decision.passage].text
        before = text[max(0, decision.begin - width) : decision.begin]
        quotation = (before, text[decision.begin : decision.stop], text[decision.stop : decision.stop + width])
        seen[quotation] += 1
        yield (*quotation, seen[quotation])
