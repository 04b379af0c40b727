"""A statistical model as a witness in contested cases: it tells the kind of a name, never the entry."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path

from explainer.annotate.decide import Witness
from explainer.read.schema import EntryKind

KINDS = {
    "PERSON": EntryKind.PERSON,
    "PER": EntryKind.PERSON,
    "GPE": EntryKind.PLACE,
    "LOC": EntryKind.PLACE,
    "FAC": EntryKind.PLACE,
    "ORG": EntryKind.ORGANISATION,
    "EVENT": EntryKind.EVENT,
    "WORK_OF_ART": EntryKind.WORK,
}


def is_installed(model: str) -> bool:
    """Whether a model's package or folder is there, without loading it."""
    if Path(model).is_dir():
        return True
    try:
        return importlib.util.find_spec(model) is not None
    except (ImportError, ValueError):
        return False


def load_witness(model: str) -> Witness:
    """The witness that a spaCy model is. The model is loaded when it is first asked; its answers are kept."""

    @lru_cache(maxsize=1)
    def load() -> object:
        import spacy  # noqa: PLC0415

        return spacy.load(model)

    @lru_cache(maxsize=4096)
    def entities(text: str) -> tuple[tuple[int, int, str], ...]:
        nlp = load()
        return tuple((e.start_char, e.end_char, e.label_) for e in nlp(text).ents)  # type: ignore[operator]

    def witness(text: str, start: int, end: int) -> EntryKind | None:
        for begin, stop, label in entities(text):
            if begin < end and start < stop:
                return KINDS.get(label)
        return None

    return witness
