"""Forms of the glossary near some words of a text: why an author's name was not found.

Nearness is looked for among the words as written, apart from the linker: it explains what the linker did not see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from explainer.read.content import Entry
from explainer.types import EntryId

WORD = re.compile(r"[^\W_](?:[\w'’\u0300-\u036f-]*[\w\u0300-\u036f])?")
"""Letters and digits, with the hyphens and apostrophes inside: “Homs-based”, “O'Brien”."""

_LONGEST = 6
"""Words of the longest form that is compared."""
_SHORTEST_PART = 4
"""Letters of the shortest form that is looked for inside a word."""
_SHORT, _LONG = 4, 8
"""A form of fewer letters than the first may not differ, one of fewer than the second in one letter, others in two."""
_MOST_EDITS = 2
_LITTLE = frozenset("a an and at by for from in of on or the to al el de la le les des du der die das".split())


class Nearness(StrEnum):
    """How words of a text and a form of the glossary differ; the nearest first."""

    SAME = "the same form"
    CASE = "capitals differ"
    LONGER_WORD = "inside a longer word"
    SPELLING = "spelt differently"
    PART = "a part of it"


class GlossaryForm(NamedTuple):
    """One form of one entry, as its author wrote it."""

    text: str
    entry: EntryId
    key: str
    """The key of the front matter that holds it."""


class Near(Struct, frozen=True):
    """Some words of a text and a form near them."""

    start: int
    end: int
    """Half-open range in the text."""
    written: str
    form: GlossaryForm
    nearness: Nearness
    edits: int
    """Letters to change, add or drop; 0 unless the spelling differs."""


Shape: TypeAlias = tuple[int, int, str]
"""How many words and letters, and how it begins or ends: a misspelt name differs at one end at most."""


class FormIndex(Struct, frozen=True):
    """The forms of a glossary, ready to be compared with words."""

    by_shape: Mapping[Shape, Sequence[tuple[str, GlossaryForm]]]
    """Each with its plain text, under both of its shapes."""
    single: Sequence[tuple[str, GlossaryForm]]
    """Forms of one word that may be found inside another."""
    by_part: Mapping[str, Sequence[GlossaryForm]]
    """Forms of several words by each of them."""


def index_forms(entries: Mapping[EntryId, Entry]) -> FormIndex:
    by_shape: dict[Shape, list[tuple[str, GlossaryForm]]] = {}
    single = []
    by_part: dict[str, list[GlossaryForm]] = {}
    for form in _forms(entries):
        words = plain(form.text).split()
        key = " ".join(words)
        for shape in _shapes(key, len(words), len(key)):
            by_shape.setdefault(shape, []).append((key, form))
        if len(words) == 1 and len(key) >= _SHORTEST_PART:
            single.append((key, form))
        for word in set(words) - _LITTLE if len(words) > 1 else ():
            by_part.setdefault(word, []).append(form)
    return FormIndex(by_shape, single, by_part)


def _shapes(key: str, words: int, letters: int) -> tuple[Shape, Shape]:
    """The two shapes under which forms of that many letters are found that are like `key`."""
    end = 2 if letters >= _LONG else 1
    return (words, letters, f"{key[:end]}…"), (words, letters, f"…{key[-end:]}")


def _forms(entries: Mapping[EntryId, Entry]) -> Iterator[GlossaryForm]:
    for identifier, entry in entries.items():
        yield GlossaryForm(entry.meta.name, identifier, "name")
        yield from (GlossaryForm(a.text, identifier, "aliases") for a in entry.meta.aliases)
        yield from (GlossaryForm(a.text, identifier, "hidden_aliases") for a in entry.meta.hidden_aliases)


def plain(text: str) -> str:
    """The text in lower case, without accents, with the keyboard's apostrophes and hyphens."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    base = "".join(c for c in decomposed if not unicodedata.combining(c))
    return base.replace("’", "'").replace("‑", "-").replace("‐", "-")


def near_word(text: str, start: int, end: int, index: FormIndex) -> tuple[Near, ...]:
    """The forms near the words that hold `text[start:end]`, the nearest first, one for each entry."""
    return _near(text, lambda begin, stop: begin < max(end, start + 1) and start < stop, index)


def near_names(text: str, start: int, end: int, index: FormIndex) -> tuple[Near, ...]:
    """The forms near the names in a range: near its words that do not begin with a small letter."""
    return _near(text, lambda begin, stop: begin < end and start < stop and not text[begin].islower(), index)


def _near(text: str, is_meant: Callable[[int, int], bool], index: FormIndex) -> tuple[Near, ...]:
    """The forms near some words of a text, alone or with their neighbours."""
    words = [m.span() for m in WORD.finditer(text)]
    numbers = [n for n, span in enumerate(words) if is_meant(*span)]
    windows = {
        (first, last)
        for number in numbers
        for first in range(max(0, number - _LONGEST + 1), number + 1)
        for last in range(number, min(len(words), first + _LONGEST))
    }
    alike = (
        near
        for first, last in windows
        for near in _alike(text, words[first][0], words[last][1], last - first + 1, index)
    )
    return _nearest(chain(alike, (near for number in numbers for near in _inside(text, *words[number], index))))


def _nearest(found: Iterable[Near]) -> tuple[Near, ...]:
    order = list(Nearness)
    best: dict[EntryId, Near] = {}
    for near in sorted(found, key=lambda n: (order.index(n.nearness), n.edits, n.start, len(n.form.text), n.form)):
        best.setdefault(near.form.entry, near)
    return tuple(best.values())


def _inside(text: str, start: int, end: int, index: FormIndex) -> Iterator[Near]:
    """Forms that are a part of a word, and those that the word is a part of."""
    written = text[start:end]
    word = plain(written)
    for key, form in index.single:
        if key != word and key in word:
            yield Near(start, end, written, form, Nearness.LONGER_WORD, 0)
    for form in index.by_part.get(word.removesuffix("'s"), ()):
        yield Near(start, end, written, form, Nearness.PART, 0)


def _alike(text: str, start: int, end: int, count: int, index: FormIndex) -> Iterator[Near]:
    """Forms of as many words whose letters are the same or nearly so."""
    written = text[start:end]
    key = " ".join(plain(written).split())
    lengths = range(len(key) - _MOST_EDITS, len(key) + _MOST_EDITS + 1)
    shapes = (shape for length in lengths for shape in _shapes(key, count, length))
    for other, form in chain.from_iterable(index.by_shape.get(shape, ()) for shape in shapes):
        if key == other:
            nearness = Nearness.SAME if written == form.text else Nearness.CASE
            yield Near(start, end, written, form, nearness, 0)
        elif edits := distance(key, other, most=_tolerance(other)):
            yield Near(start, end, written, form, Nearness.SPELLING, edits)


def _tolerance(form: str) -> int:
    return 0 if len(form) < _SHORT else 1 if len(form) < _LONG else _MOST_EDITS


def distance(first: str, second: str, *, most: int) -> int:
    """How many letters to change, add, drop or swap with their neighbour (optimal string alignment); 0 beyond `most`."""
    if abs(len(first) - len(second)) > most or not most:
        return 0
    before, row = [0] * (len(second) + 1), list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        oldest, before, row = before, row, [i]
        for j, b in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and b == first[i - 2]:
                cost = min(cost, oldest[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return 0
    return row[-1] if row[-1] <= most else 0
