"""Where the verdicts of `content/review.yaml` stand in an article, by quotation.

A verdict names its mention as the W3C Web Annotation model does (TextQuoteSelector): the mention itself, exactly, and
some of the text before and after it. The mention is looked for in the text that readers see. Where it stands several
times, or the text around it was edited, the words around decide: a place is taken if at least half of the quoted words
are still there in their order, and no other place has as many. So an edit elsewhere moves no verdict, and a verdict
that fits two places equally well is given to none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from explainer.annotate.find import Candidate
from explainer.annotate.reasons import Method, Reason
from explainer.annotate.text import OBJECT, Passage, Zone
from explainer.read.review import Verdict
from explainer.read.schema import VerdictMeta
from explainer.types import EntryId

if TYPE_CHECKING:
    from explainer.annotate import Annotation, Decision

ENOUGH = 0.5
"""The share of the quoted words that must be found around a place: one side may be written anew."""
_MOST_WORDS = 12
"""Words on each side that are compared where the text was edited."""
_SIZES = (32, 64, 128, 256, 512)
"""Characters on each side that a quotation is given, the first that tell its place from all others."""
_FEWEST_WORDS = 3
"""Fewer words around a mention would not tell it from one that is written tomorrow."""

# Scripts that are written without spaces have a word for every character.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")


class Quotation(NamedTuple):
    """A mention by its text and the text around it, with white space as readers see it."""

    exact: str
    prefix: str
    suffix: str


class Spot(NamedTuple):
    """A non-empty half-open range of a passage's text."""

    passage: int
    start: int
    end: int


class Placed(Struct, frozen=True):
    """Verdicts that were found in an article, and those that were not."""

    spots: tuple[tuple[Spot, Verdict], ...]
    """In reading order; they do not overlap."""
    stale: tuple[Verdict, ...]

    @property
    def entries(self) -> frozenset[EntryId]:
        """The entries that verdicts name."""
        return frozenset(v.meta.entry for _, v in self.spots if v.meta.entry is not None)

    def spans(self, passages: Sequence[Passage]) -> Mapping[tuple[int, int], EntryId | None]:
        """What is meant at which place of the file."""
        return {passages[s.passage].file_span(s.start, s.end): verdict.meta.entry for s, verdict in self.spots}

    def make_room(self, found: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """The candidates with the places of which a verdict names an entry, whatever the linker saw there itself.

        What overlaps such a place without being it goes, the author's own links aside.
        """
        named = {spot: Candidate(*spot, ()) for spot, verdict in self.spots if verdict.meta.entry is not None}
        if not named:
            return tuple(found)
        kept = [c for c in found if c.target is not None or not _crosses(_spot(c), named)]
        taken = {_spot(c) for c in kept}
        return (*kept, *(c for spot, c in named.items() if spot not in taken))


NOTHING_PLACED = Placed((), ())


def _spot(candidate: Candidate) -> Spot:
    return Spot(candidate.passage, candidate.start, candidate.end)


def _crosses(spot: Spot, named: Collection[Spot]) -> bool:
    return spot not in named and any(_overlap(spot, other) for other in named)


class Whole(Struct, frozen=True):
    """All passages as one text, each on a line of its own, and its words."""

    text: str
    starts: tuple[int, ...]
    """Where each passage begins in it."""
    words: tuple[str, ...]
    """Without differences of case."""
    word_starts: tuple[int, ...]
    word_ends: tuple[int, ...]

    def spot(self, start: int, end: int) -> Spot:
        number = bisect_right(self.starts, start) - 1
        return Spot(number, start - self.starts[number], end - self.starts[number])

    def line(self, number: int) -> tuple[int, int]:
        """The range of a passage."""
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return self.starts[number], end

    def before(self, start: int, most: int) -> tuple[str, ...]:
        """The nearest words before a place, nearest last."""
        number = bisect_right(self.word_ends, start)
        return self.words[max(0, number - most) : number]

    def after(self, end: int, most: int) -> tuple[str, ...]:
        """The nearest words behind a place, nearest first."""
        number = bisect_left(self.word_starts, end)
        return self.words[number : number + most]


def whole_of(passages: Sequence[Passage]) -> Whole:
    starts, length = [], 0
    for passage in passages:
        starts.append(length)
        length += len(passage.text) + 1
    text = "\n".join(p.text for p in passages)
    words = tuple(_WORD.finditer(text))
    return Whole(
        text=text,
        starts=tuple(starts),
        words=tuple(w.group().casefold() for w in words),
        word_starts=tuple(w.start() for w in words),
        word_ends=tuple(w.end() for w in words),
    )


# ---- from quotations to places --------------------------------------------------------------------------------------


def place_verdicts(passages: Sequence[Passage], verdicts: Sequence[Verdict]) -> Placed:
    """Find every verdict's place. Of two that claim one place the better quotation has it, else the later verdict."""
    whole = whole_of(passages if verdicts else ())
    found = [(verdict, _find(whole, _quotation(verdict.meta))) for verdict in verdicts]
    claims = sorted(((claim, verdict) for verdict, claim in found if claim), key=lambda c: (-c[0].share, -c[1].number))
    spots: dict[Spot, Verdict] = {}
    for claim, verdict in claims:
        spot = whole.spot(claim.start, claim.end)
        if not any(_overlap(spot, taken) for taken in spots):
            spots[spot] = verdict
    placed = {v.number for v in spots.values()}
    return Placed(tuple(sorted(spots.items())), tuple(v for v in verdicts if v.number not in placed))


def _quotation(meta: VerdictMeta) -> Quotation:
    return Quotation(meta.exact, meta.prefix, meta.suffix)


def _overlap(one: Spot, other: Spot) -> bool:
    return one.passage == other.passage and one.start < other.end and other.start < one.end


class _Claim(NamedTuple):
    """A range of the whole text that a quotation may mean, and how much of the quoted words stands around it."""

    share: float
    start: int
    end: int


def _find(whole: Whole, quotation: Quotation) -> _Claim | None:
    """The one place that is meant, if there is one."""
    before, after = _words(quotation.prefix), _words(quotation.suffix)
    ranges = list(_occurrences(whole.text, quotation))
    same = [(b, e) for b, e in ranges if whole.before(b, len(before)) == before and whole.after(e, len(after)) == after]
    if same:
        return _Claim(1.0, *same[0]) if len(same) == 1 else None
    shares = [_share(whole, b, e, before, after) for b, e in ranges]
    best = max(shares, default=0.0)
    if best < ENOUGH or shares.count(best) > 1:
        return None
    return _Claim(best, *ranges[shares.index(best)])


def _occurrences(text: str, quotation: Quotation) -> Iterator[tuple[int, int]]:
    """Where the exact text stands, with ends that are as whole as those that were quoted."""
    start = text.find(quotation.exact)
    open_start, open_end = _is_letter(quotation.prefix[-1:]), _is_letter(quotation.suffix[:1])
    while start >= 0:
        end = start + len(quotation.exact)
        if _is_letter(text[max(0, start - 1) : start]) == open_start and _is_letter(text[end : end + 1]) == open_end:
            yield start, end
        start = text.find(quotation.exact, start + 1)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))


def _share(whole: Whole, start: int, end: int, before: tuple[str, ...], after: tuple[str, ...]) -> float:
    """How much of both sides is there; a side that quotes no words has no say.

    As many words again may have come between, no more: farther away the same words are those of another place.
    """
    before, after = before[-_MOST_WORDS:], after[:_MOST_WORDS]
    shares = []
    if before:
        shares.append(_in_order(before, whole.before(start, 2 * len(before))))
    if after:
        shares.append(_in_order(after, whole.after(end, 2 * len(after))))
    return sum(shares) / (len(shares) or 1)


def _in_order(words: Sequence[str], found: Sequence[str]) -> float:
    """The share of the words in their longest common subsequence with those found (Wagner and Fischer's table)."""
    row = [0] * (len(found) + 1)
    for word in words:
        above = row
        row = [0]
        for column, other in enumerate(found, 1):
            row.append(above[column - 1] + 1 if word == other else max(above[column], row[-1]))
    return row[-1] / len(words)


# ---- from places to quotations --------------------------------------------------------------------------------------


def quote(passages: Sequence[Passage], spot: Spot) -> Quotation | None:
    """The shortest quotation that finds this place again, or None where the text repeats itself too long."""
    whole = whole_of(passages)
    start = whole.starts[spot.passage] + spot.start
    end = whole.starts[spot.passage] + spot.end
    line, everything = whole.line(spot.passage), (0, len(whole.text))
    for fewest, (begin, stop) in ((_FEWEST_WORDS, line), (0, everything)):
        for size in _SIZES:
            prefix = _context(whole.text[max(begin, start - size) : start], cut=start - size > begin)
            suffix = _context(whole.text[end : min(stop, end + size)][::-1], cut=end + size < stop)[::-1]
            quotation = Quotation(whole.text[start:end], prefix, suffix)
            claim = _find(whole, quotation)
            enough = len(_words(prefix) + _words(suffix)) >= fewest
            if enough and claim is not None and (claim.start, claim.end) == (start, end):
                return quotation
    return None


def _context(text: str, *, cut: bool) -> str:
    """The text before a mention on one line, from a word's beginning."""
    folded = re.sub(r"\s+", " ", text.replace(OBJECT, " "))
    if cut and " " in folded[:-1]:
        folded = folded[folded.index(" ") + 1 :]
    return folded.lstrip()


# ---- what a review is asked -----------------------------------------------------------------------------------------

_RUNNING_TEXT = frozenset({Zone.PROSE, Zone.QUOTATION})
_AUTHORS_OWN = frozenset({Method.EXPLICIT, Method.REVIEWED, Method.RESOLVED})


def is_undecided(annotation: Annotation, decision: Decision) -> bool:
    """Whether somebody should say which entry is meant; in a heading, a link or a box it would make no difference."""
    if decision.reason not in {Reason.AMBIGUOUS, Reason.WEAK}:
        return False
    return annotation.passages[decision.passage].zone_of(decision.begin, decision.stop) in _RUNNING_TEXT


def is_new_link(decision: Decision) -> bool:
    """Whether the linker made this link alone: no author, no `resolve` and no verdict names the entry."""
    return decision.linked and decision.method not in _AUTHORS_OWN
