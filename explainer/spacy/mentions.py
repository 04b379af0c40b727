"""What is mentioned in a plain text: the linker of articles, on the paragraphs of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from explainer.annotate import Reason, decide_passages
from explainer.annotate.decide import Resolution, Witness
from explainer.annotate.find import named_in
from explainer.annotate.languages import language_of
from explainer.annotate.lexicon import Lexicon
from explainer.annotate.text import Passage
from explainer.annotate.witness import KINDS
from explainer.read.schema import EntryKind
from explainer.spacy.options import Options
from explainer.spacy.passages import passages_of
from explainer.types import EntryId


class Mention(Struct, frozen=True):
    """A range of a text and what was decided on it."""

    start: int
    end: int
    """Half-open range of code points."""
    text: str
    """`text[start:end]`."""
    resolution: Resolution
    """What was decided, with the readings and their evidence."""
    kind: EntryKind | None
    """The entry's kind; None where there is no entry."""

    def is_settled(self, *, include_weak: bool) -> bool:
        """Whether the entry is certain enough to be written as one."""
        return self.resolution.reason is None or (include_weak and self.resolution.reason is Reason.WEAK)

    def as_data(self) -> dict[str, Any]:
        """The decision as plain data: what `Span._.decision` holds."""
        told = self.resolution
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "entry": told.entry,
            "kind": None if self.kind is None else str(self.kind),
            "candidates": [reading.entry for reading in told.readings],
            "method": str(told.method),
            "reason": None if told.reason is None else str(told.reason),
            "score": told.score,
            "words": told.words,
            "evidence": {r.entry: [e.as_data() for e in r.evidence] for r in told.readings},
        }


def mentions_in(
    text: str, lexicon: Lexicon, options: Options, *, title: str = "", entities: Iterable[tuple[int, int, str]] = ()
) -> tuple[Mention, ...]:
    """Every mention in reading order; they may overlap.

    `title` is that of the text. `entities` are ranges that a model labelled: they are asked where the text leaves
    entries of several kinds.
    """
    passages = passages_of(text)
    resolutions = decide_passages(
        passages,
        lexicon,
        language=options.language,
        resolve=options.resolve,
        title=named_in(title, lexicon, language_of(options.language)),
        witness=_witness(passages, tuple(entities)),
    )
    return tuple(_mention(r, text, passages, lexicon.kinds) for r in resolutions)


def _mention(
    resolution: Resolution, text: str, passages: tuple[Passage, ...], kinds: Mapping[EntryId, EntryKind]
) -> Mention:
    candidate = resolution.candidate
    start, end = passages[candidate.passage].file_span(candidate.start, candidate.end)
    kind = None if resolution.entry is None else kinds.get(resolution.entry)
    return Mention(start, end, text[start:end], resolution, kind)


def _witness(passages: tuple[Passage, ...], entities: tuple[tuple[int, int, str], ...]) -> Witness | None:
    """The entities of the text as a witness; None where there are none to ask."""
    by_text = {passage.text: passage for passage in reversed(passages)}

    def witness(text: str, start: int, end: int) -> EntryKind | None:
        begin, stop = by_text[text].file_span(start, end)
        return next(_kinds(entities, begin, stop), None)

    return witness if entities else None


def _kinds(entities: Iterable[tuple[int, int, str]], begin: int, stop: int) -> Iterator[EntryKind | None]:
    return (KINDS.get(label) for start, end, label in entities if start < stop and begin < end)
