"""The forms under which entries are looked for, in one automaton."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs

from explainer.annotate.reasons import Method
from explainer.read.content import Entry
from explainer.read.schema import EntryKind
from explainer.types import EntryId

PARTICLES = frozenset(
    "al el bin ibn abu abd de del della di da dos du la le van von der den ter zu zur y of the".split()
)
"""Words inside a last name that do not begin it."""

_SUFFIX = re.compile(r"(?i:jr\.?|sr\.?|md|phd|v)|[IVX]{2,}")
"""What stands behind a last name: “Jr.”, “XVI”."""

_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")
_MIN_ACRONYM, _MAX_ACRONYM = 2, 6


class Form(NamedTuple):
    """One way to write one entry."""

    text: str
    entry: EntryId
    method: Method

    @property
    def is_short(self) -> bool:
        return self.method.is_short


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All forms of a glossary, ready to be found."""

    forms: tuple[tuple[Form, ...], ...]
    """The forms behind each key of the automaton."""
    automaton: ahocorasick_rs.AhoCorasick | None
    """None where the glossary is empty."""
    kinds: Mapping[EntryId, EntryKind]
    names: Mapping[str, EntryId]
    """Names, folded, for `[[Homs]]`; a name that two entries share is not there."""


class _Folding(dict[int, str | int]):
    """A character without its case and accent; quotation marks, hyphens and spaces as the keyboard has them.

    One character always becomes one, so that offsets stay true: `ß` and `æ` are left as they are.
    """

    def __missing__(self, code: int) -> str | int:
        base = unicodedata.normalize("NFKD", chr(code).lower())
        stripped = "".join(c for c in base if not unicodedata.combining(c))
        folded = stripped if len(stripped) == 1 else chr(code).lower() if len(chr(code).lower()) == 1 else chr(code)
        self[code] = folded
        return folded


_FOLDING = _Folding({ord(c): "'" for c in "’‘ʼʻ`´"} | {ord(c): "-" for c in "‐‑‒–—−"} | {ord(c): '"' for c in "“”„«»"})


def fold(text: str) -> str:
    """The text as it is compared; of the same length."""
    return text.translate(_FOLDING)


def build_lexicon(entries: Mapping[EntryId, Entry]) -> Lexicon:
    """The lexicon of a glossary. Equal entries in any order give the same lexicon."""
    by_key: dict[str, dict[tuple[EntryId, str], Form]] = {}
    names: dict[str, set[EntryId]] = {}
    for identifier in sorted(entries):
        entry = entries[identifier]
        names.setdefault(fold(entry.meta.name), set()).add(identifier)
        for form in _in_both_compositions(forms_of(identifier, entry)):
            # The first, strongest way to read a form as an entry is kept.
            by_key.setdefault(fold(form.text), {}).setdefault((identifier, form.text), form)
    keys = sorted(by_key)
    return Lexicon(
        forms=tuple(tuple(by_key[key].values()) for key in keys),
        automaton=ahocorasick_rs.AhoCorasick(keys) if keys else None,
        kinds={i: e.meta.kind for i, e in entries.items()},
        names={name: next(iter(ids)) for name, ids in names.items() if len(ids) == 1},
    )


def _in_both_compositions(forms: Iterable[Form]) -> Iterator[Form]:
    """Accents may be written as part of their letter or after it."""
    for form in forms:
        yield form
        for composition in ("NFC", "NFD"):
            text = unicodedata.normalize(composition, form.text)
            if text != form.text:
                yield form._replace(text=text)


def forms_of(identifier: EntryId, entry: Entry) -> Iterator[Form]:
    """Every form of an entry, strongest first."""
    meta = entry.meta
    name = _BRACKETED.sub("", meta.name) or meta.name
    full = [name, *(a.text for a in meta.aliases)]
    yield Form(name, identifier, Method.NAME)
    for alias in meta.aliases:
        yield Form(alias.text, identifier, Method.ALIAS)
    for alias in meta.hidden_aliases:
        yield Form(alias.text, identifier, Method.HIDDEN_ALIAS)
    for text in full:
        yield from (f for f in short_forms(identifier, text, meta.kind) if len(f.text) > 1)


def short_forms(identifier: EntryId, text: str, kind: EntryKind) -> Iterator[Form]:
    """What a text may call an entry once it has been named in full."""
    if "," in text:
        yield Form(text.partition(",")[0], identifier, Method.SHORT_NAME)
    words = text.split()
    if len(words) < 2:
        return
    if kind is EntryKind.PERSON:
        yield from (Form(t, identifier, m) for t, m in person_forms(text.partition(",")[0]))
    elif kind is EntryKind.ORGANISATION:
        yield from (Form(t, identifier, Method.HEAD_NOUN) for t in head_nouns(words))
        yield from (Form(t, identifier, Method.ACRONYM) for t in acronyms(words))


def person_forms(name: str) -> Iterator[tuple[str, Method]]:
    """Last names, with and without their particle; the given part of “Louis IX of Hesse-Darmstadt”."""
    given, of, _ = name.partition(" of ")
    if of:
        yield given, Method.SHORT_NAME
        return
    words = [w for w in name.split() if not _SUFFIX.fullmatch(w)]
    if len(words) < 2 or not words[-1][:1].isalpha():
        return
    yield from _last_names(words)
    first = words[0]
    if len(first) > 2 and first[0].isupper() and first.lower() not in PARTICLES:
        yield first, Method.FIRST_NAME


def _last_names(words: list[str]) -> Iterator[tuple[str, Method]]:
    last = words[-1]
    yield last, Method.LAST_NAME
    particle, _, stem = last.partition("-")
    if stem and particle.lower() in PARTICLES:
        yield stem, Method.LAST_NAME
    begin = len(words) - 1
    while begin > 1 and words[begin - 1].lower() in PARTICLES:
        begin -= 1
    if begin < len(words) - 1:
        yield " ".join(words[begin:]), Method.LAST_NAME
    if len(words) > 2:
        yield f"{words[0]} {last}", Method.LAST_NAME


def head_nouns(words: list[str]) -> Iterator[str]:
    """The noun an organisation is called by: the last word of “Republican Guard”, the first of “Bank of England”."""
    before = words[: words.index("of")] if "of" in words else words
    if len(before) > 1 or 0 < len(before) < len(words):
        noun = before[-1]
        if noun[:1].isupper() and noun[1:].islower():
            yield noun


def acronyms(words: list[str]) -> Iterator[str]:
    """The initials of the capitalised words."""
    initials = "".join(w[0] for w in re.split(r"[\s-]+", " ".join(words)) if w[:1].isupper())
    if _MIN_ACRONYM <= len(initials) <= _MAX_ACRONYM:
        yield initials


def entries_in(candidates: Iterable[Form]) -> tuple[EntryId, ...]:
    """The entries of some forms, sorted, each once."""
    return tuple(sorted({f.entry for f in candidates}))
