"""A statistical model as a witness in contested cases: it tells the kind of a name, never the entry.

The model is asked about the sentence of a contested mention alone. Its answers are kept, under its name, its version
and the sentence, so that it is not even loaded where everything it would be asked has been asked before.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Callable, Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from explainer.annotate.decide import Witness
from explainer.annotate.sentences import sentence_bounds
from explainer.read.schema import EntryKind

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

Answers: TypeAlias = MutableMapping[str, str]
"""What models have said: JSON lists of [start, end, label], by a digest of the model and the sentence."""

KINDS: Mapping[str, EntryKind] = {
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


def identify(model: str) -> str:
    """A model's name and version, and spaCy's, without loading either."""
    if Path(model).is_dir():
        meta = Path(model) / "meta.json"
        version = hashlib.sha256(meta.read_bytes()).hexdigest() if meta.is_file() else ""
    else:
        version = _installed_version(model)
    return f"{model} {version} spacy {_installed_version('spacy')}"


def _installed_version(package: str) -> str:
    import importlib.metadata  # noqa: PLC0415  # 40 ms that a site without a model never needs

    try:
        return importlib.metadata.version(package.replace("_", "-"))
    except importlib.metadata.PackageNotFoundError:
        return ""


def load_witness(model: str, answers: Answers) -> Witness:
    """The witness that a spaCy model is. The model is loaded when `answers` lack one."""

    @cache
    def load() -> Pipeline:
        import spacy  # noqa: PLC0415  # 0.7 s, and the model's own time, which most builds never need

        return spacy.load(model)

    return witness_of(lambda sentence: _entities(load(), sentence), identify(model), answers)


def _entities(nlp: Pipeline, sentence: str) -> str:
    return json.dumps([[e.start_char, e.end_char, e.label_] for e in nlp(sentence).ents])


def witness_of(ask: Callable[[str], str], model: str, answers: Answers) -> Witness:
    """A witness that asks about a sentence once, and looks its answer up ever after."""

    def witness(text: str, start: int, end: int) -> EntryKind | None:
        begin, stop = sentence_bounds(text, start, end)
        sentence = text[begin:stop]
        key = hashlib.sha256(f"{model}\n{sentence}".encode()).hexdigest()
        answer = answers.get(key)
        if answer is None:
            answer = answers[key] = ask(sentence)
        return _kind_at(answer, start - begin, end - begin)

    return witness


def _kind_at(answer: str, start: int, end: int) -> EntryKind | None:
    for begin, stop, label in json.loads(answer):
        if begin < end and start < stop:
            return KINDS.get(label)
    return None
