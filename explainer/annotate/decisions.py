"""What annotating gives: the decisions on the mentions of every text, with their places in the files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from explainer.annotate.decide import Resolution
from explainer.annotate.policy import Outcome
from explainer.annotate.reasons import Method, Reason
from explainer.annotate.score import Reading
from explainer.annotate.stages import Draft
from explainer.annotate.text import Passage
from explainer.diagnostics import Diagnostic
from explainer.read.content import Document
from explainer.read.schema import EntryKind
from explainer.types import EntryId, SourcePath

_UNSETTLED = frozenset({Reason.WEAK, Reason.DEMONYM})


class Decision(NamedTuple):
    """What was decided on one mention."""

    source: SourcePath
    """The file."""
    start: int
    end: int
    """Half-open range of code points in the file."""
    text: str
    """`file[start:end]`."""
    entry: EntryId | None
    """The entry that is meant, if one is certain or at least likely."""
    readings: tuple[Reading, ...]
    """The entries that it could name, likeliest first, each with its evidence."""
    kind: EntryKind | None
    """The entry's kind; None where there is no entry."""
    linked: bool
    """Whether it is a link on the page."""
    method: Method
    """How the entry was recognised."""
    reason: Reason
    """Why it is linked, or is not."""
    score: float
    """From 0 to 1; 0 where there is no entry."""
    words: str
    """What decided, in a sentence for people."""
    passage: int
    """The number of the document's passage."""
    begin: int
    stop: int
    """Half-open range in the passage's text."""

    @property
    def candidates(self) -> tuple[EntryId, ...]:
        """The entries that it could name, likeliest first."""
        return tuple(r.entry for r in self.readings)

    @property
    def is_settled(self) -> bool:
        """Whether a page may say that this entry is meant. A weak decision, or one on an
        adjective that the entry does not list, is for reports alone.
        """
        return self.entry is not None and self.reason not in _UNSETTLED


class Annotation(Struct, frozen=True):
    """A document's passages and the decisions on its mentions, in reading order."""

    passages: tuple[Passage, ...]
    """What a reader sees of the document, block by block."""
    decisions: tuple[Decision, ...]
    """In reading order; a longer mention stands before those that it covers."""

    @property
    def words(self) -> int:
        """How many words the passages have."""
        return sum(len(p.text.split()) for p in self.passages)


class Annotations(Struct, frozen=True):
    """The stage's result: an annotation for every article, entry and page."""

    by_path: Mapping[SourcePath, Annotation]
    """By the file of each article, entry and page."""
    diagnostics: tuple[Diagnostic, ...]
    """Stale verdicts, a model that is not there."""


def annotation_of(document: Document[Any], draft: Draft) -> Annotation:
    """The decisions of a finished draft on a document."""
    kinds, passages = draft.task.lexicon.kinds, draft.task.passages
    settled = zip(draft.resolutions, draft.outcomes, strict=True)
    return Annotation(passages, tuple(_decision(document, passages, kinds, *one) for one in settled))


def _decision(
    document: Document[Any],
    passages: tuple[Passage, ...],
    kinds: Mapping[EntryId, EntryKind],
    resolution: Resolution,
    outcome: Outcome,
) -> Decision:
    candidate = resolution.candidate
    start, end = passages[candidate.passage].file_span(candidate.start, candidate.end)
    linked, reason = outcome
    return Decision(
        source=document.path,
        start=start,
        end=end,
        text=document.text[start:end],
        entry=resolution.entry,
        readings=resolution.readings,
        kind=kinds.get(resolution.entry) if resolution.entry else None,
        linked=linked,
        method=resolution.method,
        reason=reason,
        score=resolution.score,
        words=resolution.words,
        passage=candidate.passage,
        begin=candidate.start,
        stop=candidate.end,
    )
