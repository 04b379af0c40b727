"""What the words around a candidate say: whether it is only a part of a longer name."""

from __future__ import annotations

import re
from collections.abc import Collection

_BEFORE = re.compile(r"([^\W\d_][\w.'’-]*) \Z")
_AFTER = re.compile(r" ([^\W\d_][\w'’-]*)")
_LOCATIVE = re.compile(
    r"\b(?:in|at|from|near|to|into|across|throughout|outside|inside|within|around|via|of) (?:the )?\Z", re.IGNORECASE
)
_CONNECTED = re.compile(r"([^\W\d_][\w'’-]*) (?:of|for) (?:the )?\Z")

LIST_JOINTS = frozenset({", ", " and ", ", and ", " or ", ", or ", " & "})
"""What stands between the members of a list."""

_LONGEST_ABBREVIATION = 3
"""A longer word with a full stop ends a sentence."""

TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady king queen prince princess emperor empress pope saint st
    president vice minister premier chancellor governor senator representative congressman congresswoman mayor judge
    justice ambassador secretary spokesman spokeswoman general gen brigadier colonel col major maj captain capt
    lieutenant lt sergeant sgt admiral commander marshal sheikh imam ayatollah rabbi father sister brother mother
    bishop archbishop cardinal reverend rev coach manager director chairman chairwoman chief officer detective
    inspector author actor actress singer director producer foreign defence defense prime deputy former""".split()
)
"""A capitalised word before a last name that is no first name."""

FUNCTION_WORDS = frozenset(
    """a after again all also although among an and another any are as at be because been before being between both
    but by can could did do does during each either even every few for from had has have he her here hers him his how
    however if in indeed into is it its last later like many may meanwhile might more most much must my neither never
    next no nor not now of off on once one only or other our out over own perhaps same she should since so some still
    such than that the their them then there these they this those though through thus to today too two under until up
    upon us very was we were what when where whether which while who whom whose why will with without would yet you
    your only according including despite following monday tuesday wednesday thursday friday saturday sunday january
    february march april june july august september october november december""".split()
)
"""Words that are capitalised for standing at the beginning, not for being part of a name; days and months with them."""

INSTITUTIONS = frozenset(
    """university college school academy institute bank museum library church cathedral diocese archdiocese bishop
    battle treaty siege embassy consulate duchy county kingdom chamber bishopric port society journal ministry
    department council""".split()
)
"""“University of Texas” names the university."""


def follows_locative(text: str, start: int) -> bool:
    """Whether the words before a range say that a place is meant: “in Lithuania”, “north of Homs”."""
    return _LOCATIVE.search(text, max(0, start - 40), start) is not None


def name_before(text: str, start: int) -> str:
    """The capitalised word directly before a range, unless it is a title or stands there for its grammar."""
    match = _BEFORE.search(text, max(0, start - 40), start)
    if match is None:
        return ""
    word = match.group(1)
    plain = word.rstrip(".").lower()
    if word.endswith(".") and len(plain) > _LONGEST_ABBREVIATION:
        return ""
    if not word[0].isupper() or plain in TITLES or plain in FUNCTION_WORDS:
        return ""
    return word


def name_after(text: str, end: int) -> str:
    """The capitalised word directly behind a range, unless it is a title, a day or a month."""
    match = _AFTER.match(text, end)
    if match is None:
        return ""
    word = match.group(1)
    return word if word[0].isupper() and word.lower() not in TITLES | FUNCTION_WORDS else ""


def institution_before(text: str, start: int) -> str:
    """The “University” of “University of Texas”."""
    match = _CONNECTED.search(text, max(0, start - 40), start)
    word = match.group(1) if match else ""
    return word if word[:1].isupper() and word.lower() in INSTITUTIONS else ""


def is_part_of_longer_name(text: str, start: int, end: int, *, short: bool, starts: Collection[int]) -> bool:
    """Whether a candidate is a word of a name that the glossary does not have.

    `short` forms are more easily so: any name before them makes them the last name of somebody else. `starts` are the
    offsets at which other candidates begin: what follows there is a name of its own (“France's Laurent Fabius”).
    """
    if text[end : end + 1] == "+":
        return True
    after = name_after(text, end)
    if after and end + 1 not in starts:
        return True
    if institution_before(text, start):
        return True
    return short and bool(name_before(text, start))
