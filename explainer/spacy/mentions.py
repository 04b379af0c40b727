"""What is mentioned in a plain text: the linker of articles, on the paragraphs of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from explainer.annotate import Method, Reason, decide_passages
from explainer.annotate.decide import Reading, Resolution, Witness, undecided
from explainer.annotate.lexicon import Lexicon
from explainer.annotate.text import Passage, plain_passage
from explainer.annotate.witness import KINDS
from explainer.read.schema import EntryKind
from explainer.spacy.options import Options
from explainer.spacy.passages import passages_of
from explainer.types import EntryId

_FAINT = frozenset({Method.FIRST_NAME, Method.HEAD_NOUN})


@dataclass(frozen=True, slots=True)
class Mention:
    """A range of a text and what was decided on it."""

    start: int
    end: int
    """Half-open range of code points."""
    text: str
    resolution: Resolution
    kind: EntryKind | None

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
            "evidence": {reading.entry: _evidence(reading) for reading in told.readings},
        }


def _evidence(reading: Reading) -> list[dict[str, Any]]:
    return [{"clue": str(e.clue), "weight": e.weight, "words": e.words} for e in reading.evidence]


def mentions_in(
    text: str, lexicon: Lexicon, options: Options, *, title: str = "", entities: Iterable[tuple[int, int, str]] = ()
) -> tuple[Mention, ...]:
    """Every mention in reading order; they may overlap.

    `title` is that of the text. `entities` are ranges that a model labelled: they are asked where the text leaves
    entries of several kinds.
    """
    passages = passages_of(text)
    resolutions, covered = decide_passages(
        passages,
        lexicon,
        language=options.language,
        resolve=options.resolve,
        title=_named_in(title, lexicon, options.language),
        witness=_witness(passages, tuple(entities)),
    )
    found = [r for r in resolutions if not _is_noise(r)]
    found += (undecided(c, Reason.OVERLAP, "a longer mention covers it") for c in covered if c.forms)
    mentions = (_mention(r, text, passages, lexicon.kinds) for r in found)
    return tuple(sorted(mentions, key=lambda m: (m.start, -m.end)))


def _mention(
    resolution: Resolution, text: str, passages: tuple[Passage, ...], kinds: Mapping[EntryId, EntryKind]
) -> Mention:
    candidate = resolution.candidate
    start, end = passages[candidate.passage].file_span(candidate.start, candidate.end)
    kind = None if resolution.entry is None else kinds.get(resolution.entry)
    return Mention(start, end, text[start:end], resolution, kind)


def _is_noise(resolution: Resolution) -> bool:
    """A first name or a head noun of an entry that was never introduced is no mention: “the Guard”, “Paul”."""
    forms = resolution.candidate.forms
    faint = bool(forms) and all(form.method in _FAINT for form in forms)
    return faint and resolution.reason in {Reason.NO_ANTECEDENT, Reason.LONGER_NAME}


def _named_in(title: str, lexicon: Lexicon, language: str) -> frozenset[EntryId]:
    """The entries that a title names in full and without doubt."""
    resolutions, _ = decide_passages((plain_passage(title),), lexicon, language=language) if title else ((), ())
    return frozenset(r.entry for r in resolutions if r.entry is not None and r.reason is None and not r.method.is_short)


def _witness(passages: tuple[Passage, ...], entities: tuple[tuple[int, int, str], ...]) -> Witness | None:
    """The entities of the text as a witness; None where there are none to ask."""
    by_text = {passage.text: passage for passage in reversed(passages)}

    def witness(text: str, start: int, end: int) -> EntryKind | None:
        begin, stop = by_text[text].file_span(start, end)
        return next(_kinds(entities, begin, stop), None)

    return witness if entities else None


def _kinds(entities: Iterable[tuple[int, int, str]], begin: int, stop: int) -> Iterator[EntryKind | None]:
    return (KINDS.get(label) for start, end, label in entities if start < stop and begin < end)
