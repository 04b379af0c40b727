"""What an author's words for a relation say of a family: “elder brother of” makes two persons siblings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache


class Tie(StrEnum):
    """What one person is to another."""

    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    SIBLING = "sibling"
    OTHER = "other"
    """Not of a family, or more distant: a cousin, a friend."""


_WORDS: Mapping[Tie, str] = {
    Tie.PARENT: "father mother parent père mère والد والدة أب أم",
    Tie.CHILD: "son daughter child fils fille enfant ابن ابنة بنت نجل نجلة كريمة",
    Tie.SPOUSE: "husband wife spouse widow widower married mari femme époux épouse veuf veuve marié mariée "
    "زوج زوجة أرمل أرملة قرينة متزوج متزوجة",
    Tie.SIBLING: "brother sister sibling half-brother half-sister twin frère sœur soeur demi-frère demi-sœur jumeau jumelle "
    "شقيق شقيقة أخ أخت أخو",
}
"""In English, French and Arabic, the languages of the interface."""

_TIES = {word: tie for tie, words in _WORDS.items() for word in words.split()}
_WORD = re.compile(r"[\w-]+")


@lru_cache(maxsize=1024)
def tie_of(relation: str) -> Tie:
    """What the subject of a relation is to its object: `son of` makes it the child. By the first word that says so;
    of two persons alone, which the caller knows.
    """
    return next((_TIES[word] for word in _WORD.findall(relation.casefold()) if word in _TIES), Tie.OTHER)
