"""Clues for a mention that several entries claim: they tell the entries apart."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
from typing import TypeAlias

from explainer.annotate.forms import Form
from explainer.annotate.neighbours import REACH
from explainer.annotate.reasons import Clue, Evidence, Method
from explainer.annotate.scene import Question, Scene, asks_for_place, is_on_sport, kind_beside, talks_of_sport, words_of
from explainer.read.schema import EntryKind

ClueOf: TypeAlias = Callable[[Question, Form, Scene], Evidence | None]


def salience(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """How often the article, or its title, named the entry in full before."""
    count = scene.salience(form.entry, question.number)
    if not count:
        return None
    clue = Clue.TITLE if form.entry in scene.title else Clue.INTRODUCED
    return Evidence(clue, min(6.6, 2.2 * math.log2(1 + count)), f"named before, counted {count:g}")


def kind_words(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """The words directly beside ask for a place, a person, or a team."""
    kind = scene.lexicon.kinds[form.entry]
    text, start, end = question.text, question.candidate.start, question.candidate.end
    near = max(0, start - REACH)
    language = scene.language
    if kind is EntryKind.PLACE and asks_for_place(question, scene):
        own = OWN_NAME_ASKED_FOR if form.method is Method.NAME else 0.0
        return Evidence(Clue.PLACE_WORDS, 2.0 + own, "the words before it ask for a place")
    if kind is EntryKind.PERSON and language.personal.search(text, near, start):
        return Evidence(Clue.PERSON_WORDS, 3.0, "the words before it ask for a person")
    if kind is EntryKind.PERSON and language.speaks.match(text, end):
        return Evidence(Clue.PERSON_WORDS, 1.2, "the words behind it speak of a person")
    if form.entry in scene.lexicon.teams and talks_of_sport(text, language):
        if language.versus.search(text, near, start) or language.plays.match(text, end):
            return Evidence(Clue.SPORT, 3.2, "the words beside it ask for a team")
        if is_on_sport(text, language):
            return Evidence(Clue.SPORT, 2.2, "the paragraph is on sport")
    return None


def kinds_of_place(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """“Homs” is Homs Province only beside the word."""
    if form.method is not Method.SHORT_NAME or form.entry not in scene.lexicon.kind_words:
        return None
    if kind_beside(question, form, scene):
        return Evidence(Clue.PLACE_WORDS, 3.0, f"beside the word “{scene.lexicon.kind_words[form.entry]}”")
    return Evidence(Clue.PLACE_WORDS, -3.0, f"without the word “{scene.lexicon.kind_words[form.entry]}” beside it")


def own_names(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """The very name of an entry is meant rather than somebody's alias."""
    del question
    if form.method is Method.NAME and scene.lexicon.kinds[form.entry] is EntryKind.PLACE:
        return Evidence(Clue.OWN_NAME, OWN_NAME, "it is the entry's very name")
    return None


OWN_NAME = 0.8
"""What the very name of a place counts against others' aliases."""

OWN_NAME_ASKED_FOR = 1.2
"""The same besides, where the words ask for a place."""


def recency(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """The entry was named in full in this paragraph or the one before, and another claimant never."""
    named = scene.named.get(form.entry, ())
    place = bisect_left(named, question.number)
    if all(scene.is_introduced(f.entry) for f in question.candidate.forms):
        return None  # a relative may just have been named, and the story go on about another
    if not place or question.candidate.passage - scene.passage_of[named[place - 1]] > 1:
        return None
    return Evidence(Clue.RECENT, 0.8, "named in full in this paragraph or the one before")


def relations(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """Entries that the entry is related to are in the article."""
    del question
    known = sorted(e for e in scene.lexicon.related.get(form.entry, ()) if scene.is_introduced(e))
    if not known:
        return None
    return Evidence(Clue.RELATED, min(2.0, 0.8 * len(known)), f"the article names {', '.join(known)}, related to it")


def shared_words(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """The paragraph has words that the entry's own summary and text have."""
    about = scene.lexicon.about
    shared = words_of(question.text) & about.get(form.entry, frozenset())
    if shared:
        shared = shared.difference(*(about.get(f.entry, ()) for f in question.candidate.forms if f.entry != form.entry))
    if not shared:
        return None
    words = ", ".join(sorted(shared)[:4])
    return Evidence(Clue.WORDS, min(3.0, 0.6 * len(shared)), f"its summary or text has “{words}” too, the others' not")


WHERE_CONTESTED: tuple[ClueOf, ...] = (
    salience,
    recency,
    kind_words,
    kinds_of_place,
    own_names,
    relations,
    shared_words,
)
