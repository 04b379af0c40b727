"""What clues may look at: the mention in question, the article around it, and a few things that several of them ask."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from explainer.annotate.find import Candidate
from explainer.annotate.folding import fold
from explainer.annotate.forms import Form
from explainer.annotate.languages import Language
from explainer.annotate.lexicon import Lexicon
from explainer.annotate.neighbours import REACH, follows, word_before
from explainer.annotate.reasons import Method
from explainer.annotate.text import Passage, Zone
from explainer.read.schema import EntryKind
from explainer.types import EntryId

LATER_COUNTS = 0.5
"""A mention in full that comes later counts like so many before."""

TITLE_COUNTS = 4
"""Being named in the title counts like so many mentions in full."""


class Scene(Struct, frozen=True):
    """What clues may look at, besides the candidate itself."""

    passages: Sequence[Passage]
    """The whole text."""
    lexicon: Lexicon
    """The glossary's forms, and what is known of its entries."""
    language: Language
    """The tables of the text's language."""
    title: frozenset[EntryId]
    """The entries that the text is about from its beginning."""
    passage_of: Sequence[int]
    """The passage of each candidate."""
    starts: Mapping[int, frozenset[int]]
    """Where candidates begin in each passage."""
    named: Mapping[EntryId, Sequence[int]]
    """The numbers of the mentions that name an entry in full, in reading order."""
    echoes: Mapping[EntryId, Sequence[int]]
    """The numbers of the mentions that name an entry by a short form, in reading order."""

    def salience(self, entry: EntryId, number: int) -> float:
        """How often an entry was named before a mention, if at all; the title and what comes later count too."""
        named = self.named.get(entry, ())
        before = bisect_left(named, number)
        full = before + TITLE_COUNTS * (entry in self.title)
        if not full:
            return 0
        return full + LATER_COUNTS * (len(named) - before) + bisect_left(self.echoes.get(entry, ()), number)

    def is_introduced(self, entry: EntryId) -> bool:
        """Whether the title or any mention, before or after, names the entry in full."""
        return entry in self.title or bool(self.named.get(entry))


def scene_of(
    candidates: Sequence[Candidate],
    passages: Sequence[Passage],
    lexicon: Lexicon,
    language: Language,
    *,
    title: frozenset[EntryId],
) -> Scene:
    """The scene before anything is decided."""
    starts: dict[int, set[int]] = {}
    for candidate in candidates:
        starts.setdefault(candidate.passage, set()).add(candidate.start)
    return Scene(
        passages=passages,
        lexicon=lexicon,
        language=language,
        title=title,
        passage_of=tuple(c.passage for c in candidates),
        starts={passage: frozenset(places) for passage, places in starts.items()},
        named={},
        echoes={},
    )


class Question(NamedTuple):
    """One mention to be scored."""

    number: int
    """Its place among the article's candidates."""
    candidate: Candidate
    """What is in question."""
    text: str
    """The passage's text."""
    written: str
    """The characters of the candidate."""
    zone: Zone
    """The passage's."""


def question_of(number: int, candidate: Candidate, scene: Scene) -> Question:
    """What is asked about a candidate; `number` is its place among the article's."""
    passage = scene.passages[candidate.passage]
    written = passage.text[candidate.start : candidate.end]
    return Question(number, candidate, passage.text, written, passage.zone)


def has_article(question: Question, scene: Scene) -> bool:
    """“The Guardian”, “the House”: with its article a common word may well be a name."""
    return follows(question.text, question.candidate.start, scene.language.definite)


_NEXT_WORD = re.compile(r" ([a-z]+)")


def noun_follows(question: Question, scene: Scene) -> bool:
    """Whether a small word follows that an adjective may belong to."""
    following = _NEXT_WORD.match(question.text, question.candidate.end)
    return following is not None and following.group(1) not in scene.language.function_words


_LISTED_BEFORE = re.compile(r"([^\W\d_][\w'’-]*),? (?:\S+ )?\Z")


def asks_for_place(question: Question, scene: Scene) -> bool:
    """“In Lithuania”, and “Lithuania” in “Latvia, Estonia and Lithuania”."""
    text, start, language = question.text, question.candidate.start, scene.language
    if language.locative.search(text, max(0, start - REACH), start):
        return True
    if text[start - 2 : start] != ", " and word_before(text, start) not in language.list_joints:
        return False
    neighbour = _LISTED_BEFORE.search(text, max(0, start - REACH), start)
    key = scene.lexicon.index.get(fold(neighbour.group(1))) if neighbour else None
    forms = scene.lexicon.keys[key].full if key is not None else ()
    return any(scene.lexicon.kinds[f.entry] is EntryKind.PLACE for f in forms)


def kind_beside(question: Question, form: Form, scene: Scene) -> bool:
    """Whether the kind of place that the entry's name says stands beside its short form: “in the province of Homs”."""
    kind = scene.lexicon.kind_words.get(form.entry)
    if kind is None or form.method is not Method.SHORT_NAME:
        return False
    before, after = _kind_patterns(kind, scene.language)
    start, end = question.candidate.start, question.candidate.end
    near = max(0, start - 2 * NEAR)
    return before.search(question.text, near, start) is not None or after.match(question.text, end) is not None


@lru_cache(maxsize=128)
def _kind_patterns(kind: str, language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Directly before: “province of the”, “rivers Melfa and”; directly behind: “and Mollarino rivers”."""
    other = r"[^\W\d_][\w'’-]*"
    joint = rf"(?:{language.of} (?:{language.the} )?|{language.genitive.pattern})?"
    return (
        re.compile(rf"\b{kind}s? {joint}(?:{other},? \w+ )?\Z", re.IGNORECASE),
        re.compile(rf"(?: \w+ {other})? {kind}s?\b", re.IGNORECASE),
    )


NEAR = 22
"""Characters, about three words."""


@lru_cache(maxsize=256)
def words_of(text: str) -> frozenset[str]:
    """The words of a passage, folded."""
    return frozenset(w.strip(".,;:!?()\"'") for w in fold(text).split())


@lru_cache(maxsize=256)
def talks_of_sport(text: str, language: Language) -> bool:
    """Whether a passage has any word of sport."""
    return language.sport.search(text) is not None


SPORTS_WORDS = 3
"""So many different words of sport make a paragraph one on sport."""


@lru_cache(maxsize=256)
def is_on_sport(text: str, language: Language) -> bool:
    """Whether a passage is on sport: a country's name then rather means its team."""
    words = {match.group().lower() for match in language.sport.finditer(text)}
    return len(words) >= SPORTS_WORDS


def names_kin(question: Question, scene: Scene) -> bool:
    """Whether a word for a relative stands near: “his late father, Hafez”."""
    start, end = question.candidate.start, question.candidate.end
    return scene.language.kin.search(question.text, max(0, start - 2 * NEAR), end + NEAR) is not None
