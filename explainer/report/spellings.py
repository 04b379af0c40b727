"""Which spellings are one name: case, accents, hyphens, the Arabic article, initials, a letter more or less."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from explainer.annotate.folding import fold
from explainer.annotate.forms.people import compatible
from explainer.annotate.languages import Language

Key: TypeAlias = tuple[str, ...]
"""The words of a name as they are compared."""

_SILENT = frozenset({"al", "el", "the"})
"""Words that spellings of one name have or leave out."""

_LONG_WORD = 5
"""Shorter words that differ are different words; a name of one word has to have a letter more."""
_LONG_NAME = 10
"""In letters; a name so long may differ in two."""
_MOST_LEADERS = 200
"""Names with the same letters at an end that others are compared with, the commonest: it bounds the time."""
_END = 3
"""Letters at each end of a name; of two spellings of one name one end at least is the same."""


def key_of(name: str) -> Key:
    """Equal for spellings that differ in case, accents, hyphens, points and articles only."""
    spaced = re.sub(r"\b([^\W\d_])\.(?=[^\W\d_])", r"\1 ", fold(name).replace("-", " "))
    words = [w.replace(".", "").replace("'", "") for w in spaced.split()]
    if all(len(w) == 1 for w in words):
        return ("".join(words),)  # “U.N.” is “UN”
    return tuple(w for w in words if w not in _SILENT) or tuple(words)


def near(one: Key, other: Key) -> bool:
    """Whether two names may be spellings of one: equal but for one letter, or two in a long name."""
    if len(one) != len(other) or any(a[:1] != b[:1] for a, b in zip(one, other, strict=True)):
        return False
    limit = 2 if min(sum(map(len, one)), sum(map(len, other))) >= _LONG_NAME else 1
    for a, b in zip(one, other, strict=True):
        if a == b:
            continue
        if min(len(a), len(b)) < _LONG_WORD + (len(one) == 1) or _is_inflected(a, b) or _is_inflected(b, a):
            return False
        limit -= _distance(a, b, limit)
        if limit < 0:
            return False
    return one != other


def _is_inflected(word: str, longer: str) -> bool:
    """“Austrian” is no spelling of “Austria”, nor “Kurds” of “Kurd”; “Tlass” may be one of “Tlas”."""
    if word[:-1] == longer[:-1] and longer[-1] in "ns":
        return True
    ending = longer[len(word) :] if longer.startswith(word) else ""
    return ending in {"n", "s", "i", "an", "es"} and not word.endswith(ending)


def _distance(one: str, other: str, limit: int) -> int:
    """Letters to put in, take out or change (Levenshtein); more than `limit` is told as `limit` + 1."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    one, other = _without_same_beginning(one, other)
    one, other = _without_same_beginning(one[::-1], other[::-1])
    if not one or not other:
        return len(one) + len(other)
    if limit < 2:  # what is left differs at both ends: one letter, or more than one change
        return 1 if len(one) == len(other) == 1 else limit + 1
    row = list(range(len(other) + 1))
    for number, a in enumerate(one, 1):
        before, row = row, [number]
        for place, b in enumerate(other, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (a != b)))
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _without_same_beginning(one: str, other: str) -> tuple[str, str]:
    shorter = min(len(one), len(other))
    same = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    return one[same:], other[same:]


def initials_of(name: str) -> str:
    """The first letters of a name's capitalised words, folded; empty for a name of one such word."""
    initials = [fold(w[0]) for w in re.split(r"[\s-]+", name) if w[:1].isupper()]
    return "".join(initials) if len(initials) > 1 else ""


def one_name(counts: Mapping[Key, int], language: Language) -> dict[Key, Key]:
    """From every key to the one that it is a spelling of: the commonest of near ones, the fuller of two with initials.

    An abbreviated name that fits several fuller ones is left alone.
    """

    def commonest(key: Key) -> tuple[int, Key]:
        return -counts[key], key

    leader: dict[Key, Key] = {}
    for group in _alike(counts, lambda key: tuple(word[:1] for word in key)):
        leaders: dict[str, list[Key]] = {}
        for key in sorted(group, key=commonest):
            at_ends = [leaders.setdefault(end, []) for end in _ends(key)]
            spelled = (other for some in at_ends for other in some if near(key, other))
            leader[key] = min(spelled, key=commonest, default=key)
            if leader[key] == key:
                for some in at_ends:
                    if len(some) < _MOST_LEADERS:
                        some.append(key)
    for group in _alike((k for k in counts if len(k) > 1), lambda key: (key[0][0], key[-1])):
        fuller = {key: {leader[k] for k in group if _abbreviates(key, k, language)} for key in group}
        leader |= {key: found.pop() for key, found in fuller.items() if len(found) == 1 and leader[key] == key}
    return {key: _last(leader, key) for key in counts}


def _ends(key: Key) -> tuple[str, str]:
    letters = "".join(key)
    return f"{letters[:_END]}…", f"…{letters[-_END:]}"


def _alike(keys: Iterable[Key], feature: Callable[[Key], Key]) -> Iterator[list[Key]]:
    groups: dict[Key, list[Key]] = {}
    for key in keys:
        groups.setdefault(feature(key), []).append(key)
    yield from groups.values()


def _abbreviates(key: Key, fuller: Key, language: Language) -> bool:
    """Whether a person's name is the other with initials for given names, or without the middle ones."""
    kinds = language.institutions | {word.lower() for word in language.generic | language.places}
    if sum(map(len, key)) >= sum(map(len, fuller)) or len(key) > len(fuller) or key[-1].removesuffix("s") in kinds:
        return False
    return compatible(key[:-1], fuller[:-1], language)


def _last(leader: Mapping[Key, Key], key: Key) -> Key:
    """Where following the leaders ends. Each step leads to a commoner or to a fuller name, and few of each are made."""
    seen = {key}
    while leader[key] not in seen:
        key = leader[key]
        seen.add(key)
    return key
