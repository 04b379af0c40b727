"""How well the site's own linking does: precision, recall and F1 of (exact span, entry) against people's labels.

Nested labels count once, through the outermost one, as ELEVANT counts them (Bast, Hertel and Prange: A Fair and
In-Depth Evaluation of Existing End-to-End Entity Linking Systems, 2023): it is right where its own span is linked
rightly, or else where each of its parts is, if any part was found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from explainer.annotate import Decision
from explainer.report.gold import Label, Need
from explainer.types import EntryId, SourcePath


class Outcome(StrEnum):
    """What counts."""

    RIGHT = "right"
    WRONG = "wrong"
    """A decision for an entry that people did not decide on: it costs precision."""
    MISSED = "missed"
    """A required label without its entry: it costs recall. Where another entry was found, that is wrong besides."""


class Fault(StrEnum):
    """What went wrong."""

    OTHER_ENTRY = "another entry is meant"
    NO_ENTRY = "labelled as no entry of the glossary"
    OTHER_WORDS = "the entry is meant, by other words"
    NO_LABEL = "nothing is labelled here"
    NOT_FOUND = "not found"


class Case(Struct, frozen=True):
    """One thing that counts, and its place."""

    outcome: Outcome
    fault: Fault | None
    """None where it is right."""
    source: SourcePath
    start: int
    end: int
    text: str
    expected: EntryId | None
    got: EntryId | None
    kind: str
    """The kind of what was decided where that is wrong, else of the label."""


class Tally(Struct, frozen=True):
    """How often each outcome was seen."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


class Evaluation(Struct, frozen=True):
    """Every case, by article and place."""

    cases: tuple[Case, ...]

    @property
    def overall(self) -> Tally:
        return _tally(self.cases)

    @property
    def by_kind(self) -> dict[str, Tally]:
        kinds = sorted({c.kind for c in self.cases})
        return {kind: _tally(c for c in self.cases if c.kind == kind) for kind in kinds}

    @property
    def errors(self) -> tuple[Case, ...]:
        """What is not right. A label that got another entry is told once, as wrong, though it is missed as well."""
        told = {(c.source, c.start, c.end) for c in self.cases if c.outcome is Outcome.WRONG}
        return tuple(
            c
            for c in self.cases
            if c.outcome is Outcome.WRONG or (c.outcome is Outcome.MISSED and (c.source, c.start, c.end) not in told)
        )


def _tally(cases: Iterable[Case]) -> Tally:
    counts = Counter(c.outcome for c in cases)
    return Tally(counts[Outcome.RIGHT], counts[Outcome.WRONG], counts[Outcome.MISSED])


_Found: TypeAlias = Mapping[tuple[int, int], Decision]
"""The decisions for an entry in one article, by their span."""


def evaluate(labels: Sequence[Label], decisions: Mapping[SourcePath, Sequence[Decision]]) -> Evaluation:
    """Judge the decisions for an entry in all articles that have a label. Such an article counts whole."""
    by_source: dict[SourcePath, list[Label]] = {}
    for label in labels:
        by_source.setdefault(label.source, []).append(label)
    cases: list[Case] = []
    for source in sorted(by_source):
        found: dict[tuple[int, int], Decision] = {}
        for decision in decisions.get(source, ()):
            if decision.entry is not None:
                found.setdefault((decision.start, decision.end), decision)
        cases += sorted(_judge_article(by_source[source], found), key=lambda c: (c.start, c.end, c.outcome))
    return Evaluation(tuple(cases))


def in_labelled_part(
    labels: Sequence[Label], decisions: Mapping[SourcePath, Sequence[Decision]]
) -> dict[SourcePath, tuple[Decision, ...]]:
    """The decisions from an article's first label to its last: what can be judged where articles are labelled in part."""
    parts: dict[SourcePath, tuple[int, int]] = {}
    for label in labels:
        start, end = parts.get(label.source, label.span)
        parts[label.source] = min(start, label.start), max(end, label.end)
    return {
        source: tuple(d for d in decisions.get(source, ()) if start <= d.start and d.end <= end)
        for source, (start, end) in parts.items()
    }


def _judge_article(labels: Sequence[Label], found: _Found) -> Iterator[Case]:
    for label in labels:
        yield from _judge_outermost(label, found)
    everything = [part for label in labels for part in label.tree()]
    labelled = {label.span for label in everything}
    for span, decision in found.items():
        if span not in labelled:
            near = any(
                la.entry == decision.entry and la.need is not Need.NONE and _touches(la, span) for la in everything
            )
            yield _wrong(decision, Fault.OTHER_WORDS if near else Fault.NO_LABEL, None)


def _judge_outermost(label: Label, found: _Found) -> Iterator[Case]:
    """The cases of a label and its parts: one at most that is right or missed, and one for each wrong decision."""
    outcomes = set()
    for part in dict.fromkeys(_standing_for(label, found)):
        decision = found.get(part.span)
        if decision is None:
            outcomes |= {Outcome.MISSED} if part.need is Need.REQUIRED or (part is label and _counts(label)) else set()
            continue
        right = _is_right(part, found)
        if part.need is Need.REQUIRED:
            outcomes.add(Outcome.RIGHT if right else Outcome.MISSED)
        if not right:
            yield _wrong(decision, Fault.NO_ENTRY if part.need is Need.NONE else Fault.OTHER_ENTRY, part.entry)
    if label.need is Need.NONE:
        return
    if Outcome.MISSED in outcomes:
        yield _case(label, Outcome.MISSED, _why_missed(label, found))
    elif Outcome.RIGHT in outcomes:
        yield _case(label, Outcome.RIGHT, None)


def _standing_for(label: Label, found: _Found) -> Iterator[Label]:
    """The labels by which one is judged: itself, or its parts where it is not right and one of them was found."""
    hits = [_was_found(part, label, found) for part in label.parts]
    if _is_right(label, found) or not any(hits):
        yield label
        return
    for part, hit in zip(label.parts, hits, strict=True):
        if hit:
            yield from _standing_for(part, found)
        else:
            yield part


def _was_found(part: Label, around: Label, found: _Found) -> bool:
    """Whether a decision was made on a part, not only on the same words as what is around it."""
    return (
        _is_right(part, found)
        or any(_was_found(inner, part, found) for inner in part.parts)
        or (part.span in found and part.span != around.span)
    )


def _is_right(label: Label, found: _Found) -> bool:
    decision = found.get(label.span)
    return decision is not None and decision.entry == label.entry and label.need is not Need.NONE


def _counts(label: Label) -> bool:
    """Whether missing this label costs: a description does where a part of it is required."""
    if label.need is Need.OPTIONAL:
        return any(inner.need is Need.REQUIRED for inner in label.tree())
    return label.need is Need.REQUIRED


def _why_missed(label: Label, found: _Found) -> Fault:
    if label.span in found:
        return Fault.OTHER_ENTRY
    meant = {inner.entry for inner in label.tree()}
    near = any(d.entry in meant for span, d in found.items() if _touches(label, span))
    return Fault.OTHER_WORDS if near else Fault.NOT_FOUND


def _touches(label: Label, span: tuple[int, int]) -> bool:
    return label.start < span[1] and span[0] < label.end


def _case(label: Label, outcome: Outcome, fault: Fault | None) -> Case:
    required = label if label.need is Need.REQUIRED else next(i for i in label.tree() if i.need is Need.REQUIRED)
    return Case(outcome, fault, label.source, label.start, label.end, label.text, required.entry, None, required.kind)


def _wrong(decision: Decision, fault: Fault, expected: EntryId | None) -> Case:
    kind = str(decision.kind or "")
    place = (decision.source, decision.start, decision.end, decision.text)
    return Case(Outcome.WRONG, fault, *place, expected, decision.entry, kind)
