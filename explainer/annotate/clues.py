"""What speaks for a reading of a mention, and against it: one small function for each clue, in a list.

Weights are in logits. A reading's score is its share among all readings and the possibility that none of them is meant
(whose logit is 0): with one reading, 2 is as good as 88 %, 3 as 95 %.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from explainer.annotate.find import Candidate
from explainer.annotate.folding import fold
from explainer.annotate.forms import Form
from explainer.annotate.languages import Language
from explainer.annotate.lexicon import Lexicon
from explainer.annotate.neighbours import begins_sentence, is_title_case, longer_name, quoted_title, word_before
from explainer.annotate.reasons import Clue, Evidence, Method
from explainer.annotate.text import Passage, Zone
from explainer.read.schema import EntryKind
from explainer.types import EntryId

FORM_WEIGHT: Mapping[Method, float] = {
    Method.NAME: 4.5,
    Method.ALIAS: 4.5,
    Method.HIDDEN_ALIAS: 4.5,
    Method.VARIANT: 3.2,
    Method.FULLER: 1.5,
    Method.LISTED: 2.5,
    Method.DEMONYM: 2.0,
    Method.LAST_NAME: 3.2,
    Method.ACRONYM: 3.2,
    Method.SHORT_NAME: 2.6,
    Method.HEAD_NOUN: 2.4,
    Method.PROPER_PART: 2.2,
    Method.FIRST_NAME: 2.2,
    Method.MIDDLE_NAME: 2.0,
}
"""How far a form carries: short ones, once their entry has been introduced."""

ALONE_WEIGHT: Mapping[Method, float] = {Method.LAST_NAME: 1.2, Method.ACRONYM: 1.2}
"""How far a short form carries whose entry is never introduced, where it is the only one to have it."""

ALONE_IN_SPORT = 1.0
"""The same for a team's “Wildcats”, where sport is talked about."""

LATER = -1.2
"""What a short form loses when the full form comes only after it."""

ECHO_COUNTS = 0.5
"""Being named by a short form counts like so many mentions in full."""

TITLE_COUNTS = 3
"""Being named in the title counts like so many mentions in full."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What clues may look at, besides the candidate itself."""

    passages: Sequence[Passage]
    lexicon: Lexicon
    language: Language
    title: frozenset[EntryId]
    starts: Mapping[int, frozenset[int]]
    """Where candidates begin in each passage."""
    named: Mapping[EntryId, Sequence[int]]
    """The numbers of the mentions that name an entry in full, in reading order."""

    echoes: Mapping[EntryId, Sequence[int]]
    """The numbers of the mentions that name an entry by a short form, in reading order."""

    def salience(self, entry: EntryId, number: int) -> float:
        """How often an entry was named before a mention; short forms count half, the title like some full ones."""
        full = bisect_left(self.named.get(entry, ()), number) + TITLE_COUNTS * (entry in self.title)
        return full + ECHO_COUNTS * bisect_left(self.echoes.get(entry, ()), number) if full else 0

    def is_introduced(self, entry: EntryId) -> bool:
        return entry in self.title or bool(self.named.get(entry))


@dataclass(frozen=True, slots=True)
class Question:
    """One mention to be scored."""

    number: int
    """Its place among the article's candidates."""
    candidate: Candidate
    text: str
    """The passage's text."""
    written: str
    zone: Zone


ClueOf: TypeAlias = Callable[[Question, Form, Scene], Evidence | None]


def question_of(number: int, candidate: Candidate, scene: Scene) -> Question:
    passage = scene.passages[candidate.passage]
    return Question(number, candidate, passage.text, passage.text[candidate.start : candidate.end], passage.zone)


# ---- for every mention ----------------------------------------------------------------------------------------------


def weigh_form(question: Question, form: Form, scene: Scene) -> Evidence:
    """How the entry is written here, and whether it was introduced before, later or never."""
    weight, words = FORM_WEIGHT[form.method], f"{form.method} “{form.text}”"
    if not form.is_short or scene.salience(form.entry, question.number):
        return Evidence(Clue.FORM, weight, words)
    if scene.is_introduced(form.entry):
        return Evidence(Clue.FORM, weight + LATER, f"{words}, whose full form comes later")
    if _kind_beside(question, form, scene):
        return Evidence(Clue.FORM, weight, f"{words}, beside the word “{scene.lexicon.kind_words[form.entry]}”")
    weight = NEVER
    if _stands_alone(question, form, scene):
        sports = form.entry in scene.lexicon.teams and talks_of_sport(question.text, scene.language)
        weight = ALONE_WEIGHT.get(form.method, ALONE_IN_SPORT if sports else NEVER)
    return Evidence(Clue.FORM, weight, f"{words}, never introduced")


NEVER = -3.0
_NUMBER = re.compile(r" \d")


def _stands_alone(question: Question, form: Form, scene: Scene) -> bool:
    """Whether a short form that nobody introduced can be meant: the only one of that form, and no unit or vessel."""
    end = question.candidate.end
    if len(question.candidate.forms) > 1 or len(question.written) < 3 or _NUMBER.match(question.text, end):
        return False
    return form.method is not Method.ACRONYM or scene.lexicon.kinds[form.entry] is EntryKind.ORGANISATION


def longer_names(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """A word of a name that the glossary does not have."""
    candidate = question.candidate
    if question.zone is not Zone.HEADING or form.is_short:
        word = longer_name(
            question.text,
            candidate.start,
            candidate.end,
            scene.language,
            short=form.is_short,
            starts=scene.starts[candidate.passage],
        )
        if word and not is_title_case(question.text):
            return Evidence(Clue.LONGER_NAME, -8.0, f"“{word}” beside it belongs to the name")
    return None


def quoted(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """Between quotation marks stands a title: “Hearts and Flowers” is no football club."""
    candidate = question.candidate
    title = quoted_title(question.text, candidate.start, candidate.end)
    if not title or (title == question.written and " " in title and form.method in {Method.NAME, Method.ALIAS}):
        return None
    if scene.lexicon.kinds[form.entry] is EntryKind.WORK and title == question.written:
        return None
    weight = QUOTED_NAME if title == question.written and form.method is Method.NAME else QUOTED_ALIAS
    return Evidence(Clue.QUOTED, weight, f"“{title}” between quotation marks is a title")


QUOTED_NAME, QUOTED_ALIAS = -3.5, -4.2


_MONTH_BEFORE = re.compile(
    r"\b(?:in|of|by|since|until|till|early|late|mid|last|this|next|\d{1,2}(?:st|nd|rd|th)?)[ -]\Z", re.I
)
_MONTH_AFTER = re.compile(r" (?:\d{1,4}\b|of \d)")
_MONTHS = frozenset({"may", "march", "august", "april", "june"})


def common_words(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """A word that is a name only now and then: the full name must have shown that it is one here."""
    folded = fold(question.written)
    if folded not in scene.language.common_words and not (form.is_short and folded in scene.language.function_words):
        return None
    if form.method is Method.LISTED:
        return None
    start, end = question.candidate.start, question.candidate.end
    if folded in _MONTHS and (_MONTH_BEFORE.search(question.text, max(0, start - _NEAR), start) or _MONTH_AFTER.match(question.text, end)):
        return Evidence(Clue.COMMON_WORD, -6.0, f"“{question.written}” is a month here")
    if form.is_short and scene.salience(form.entry, question.number):
        return None
    if form.entry in scene.title or _is_asked_for(question, form, scene):
        return None
    weight = -2.2 if _has_article(question, scene) else -3.0 if form.method is Method.NAME else -4.5
    if begins_sentence(question.text, start):
        weight -= 1.0
    return Evidence(Clue.COMMON_WORD, weight, f"“{question.written}” is a common word")


def _has_article(question: Question, scene: Scene) -> bool:
    """“The Guardian”, “the House”: with its article a common word may well be a name."""
    definite = scene.language.definite
    start = question.candidate.start
    return bool(definite) and question.text[max(0, start - 4) : start].lower().endswith(definite)


def _is_asked_for(question: Question, form: Form, scene: Scene) -> bool:
    """Whether the words around want a name of that kind: “in Reading”, and “the Reds” in a match."""
    if scene.lexicon.kinds[form.entry] is EntryKind.PLACE:
        return _asks_for_place(question, scene)
    return form.entry in scene.lexicon.teams and talks_of_sport(question.text, scene.language)


def tongues(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """“Into English” names the language, not the country."""
    start = question.candidate.start
    if question.written not in scene.language.tongues:
        return None
    told = scene.language.head_first or not _noun_follows(question, scene)
    if told and scene.language.tongue.search(question.text, max(0, start - _NEAR), start):
        return Evidence(Clue.LANGUAGE, -5.0, "the language of that name is meant")
    return None


_NEXT_WORD = re.compile(r" ([a-z]+)")


def _noun_follows(question: Question, scene: Scene) -> bool:
    """Whether a small word follows that an adjective may belong to."""
    following = _NEXT_WORD.match(question.text, question.candidate.end)
    return following is not None and following.group(1) not in scene.language.function_words


def things(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """“The Virtue's” is no person."""
    start, end = question.candidate.start, question.candidate.end
    if form.method not in {Method.LAST_NAME, Method.FIRST_NAME} or not scene.language.definite:
        return None
    if question.text[max(0, start - 4) : start].lower() == "the " and question.text[end : end + 2] in {"'s", "’s"}:
        return Evidence(Clue.THING, -4.5, "after “the” it names a thing, no person")
    return None


def teams(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """A team is called by one word only where sport is talked about."""
    if form.entry not in scene.lexicon.teams or form.method is Method.NAME or question.written.isupper():
        return None
    contested = len(question.candidate.forms) > 1
    if " " in question.written and not contested:
        return None
    if not talks_of_sport(question.text, scene.language):
        return Evidence(Clue.SPORT, -4.2, "a team, and no word of sport beside it")
    if _ADJECTIVE.search(question.written) and _noun_follows(question, scene):
        return Evidence(Clue.SPORT, -4.2, "an adjective before a noun, no team")
    return None


_ADJECTIVE = re.compile(r"(?:ish|ese|an|ch|ic|[bgnqrw]i)\Z")


def adjectives(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """“The Revolutionary Guard” is not the Republican one, in a language whose adjectives follow and have no capital."""
    word = scene.language.lengthens.match(question.text, question.candidate.end)
    if form.method is not Method.HEAD_NOUN or word is None:
        return None
    return Evidence(Clue.LONGER_NAME, -8.0, f"“{word.group().strip()}” beside it belongs to the name")


FOR_EVERY_MENTION: tuple[ClueOf, ...] = (longer_names, adjectives, quoted, common_words, tongues, things, teams)


# ---- where several entries are claimed ------------------------------------------------------------------------------


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
    near = max(0, start - 40)
    language = scene.language
    if kind is EntryKind.PLACE and _asks_for_place(question, scene):
        own = 1.2 if form.method is Method.NAME else 0.0
        return Evidence(Clue.PLACE_WORDS, 2.0 + own, "the words before it ask for a place")
    if kind is EntryKind.PERSON and language.personal.search(text, near, start):
        return Evidence(Clue.PERSON_WORDS, 3.0, "the words before it ask for a person")
    if kind is EntryKind.PERSON and language.speaks.match(text, end):
        return Evidence(Clue.PERSON_WORDS, 1.2, "the words behind it speak of a person")
    if form.entry in scene.lexicon.teams and talks_of_sport(text, language) and language.versus.search(text, near, start):
        return Evidence(Clue.SPORT, 3.2, "the words beside it ask for a team")
    return None


_LISTED_BEFORE = re.compile(r"([^\W\d_][\w'’-]*),? (?:\S+ )?\Z")


def _asks_for_place(question: Question, scene: Scene) -> bool:
    """“In Lithuania”, and “Lithuania” in “Latvia, Estonia and Lithuania”."""
    text, start, language = question.text, question.candidate.start, scene.language
    if language.locative.search(text, max(0, start - 40), start):
        return True
    if text[start - 2 : start] != ", " and word_before(text, start) not in language.list_joints:
        return False
    neighbour = _LISTED_BEFORE.search(text, max(0, start - 40), start)
    key = scene.lexicon.index.get(fold(neighbour.group(1))) if neighbour else None
    forms = scene.lexicon.keys[key].full if key is not None else ()
    return any(scene.lexicon.kinds[f.entry] is EntryKind.PLACE for f in forms)


def kinds_of_place(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """“Homs” is Homs Province only beside the word."""
    if form.method is not Method.SHORT_NAME or form.entry not in scene.lexicon.kind_words:
        return None
    if _kind_beside(question, form, scene):
        return Evidence(Clue.PLACE_WORDS, 3.0, f"beside the word “{scene.lexicon.kind_words[form.entry]}”")
    return Evidence(Clue.PLACE_WORDS, -3.0, f"without the word “{scene.lexicon.kind_words[form.entry]}” beside it")


def _kind_beside(question: Question, form: Form, scene: Scene) -> bool:
    """Whether the kind of place that the entry's name says stands beside its short form: “in the province of Homs”."""
    kind = scene.lexicon.kind_words.get(form.entry)
    if kind is None or form.method is not Method.SHORT_NAME:
        return False
    before, after = _kind_patterns(kind, scene.language)
    start, end = question.candidate.start, question.candidate.end
    near = max(0, start - 2 * _NEAR)
    return before.search(question.text, near, start) is not None or after.match(question.text, end) is not None


@lru_cache(maxsize=128)
def _kind_patterns(kind: str, language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Directly before: “province of the”, “rivers Melfa and”; directly behind: “and Mollarino rivers”."""
    other = r"[^\W\d_][\w'’-]*"
    joint = rf"(?:{language.of} (?:the )?|{language.genitive.pattern})?"
    return (
        re.compile(rf"\b{kind}s? {joint}(?:{other},? \w+ )?\Z", re.IGNORECASE),
        re.compile(rf"(?: \w+ {other})? {kind}s?\b", re.IGNORECASE),
    )


_NEAR = 22
"""Characters, about three words."""


def own_names(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """The very name of an entry is meant rather than somebody's alias."""
    del question
    if form.method is Method.NAME and scene.lexicon.kinds[form.entry] is EntryKind.PLACE:
        return Evidence(Clue.OWN_NAME, 0.8, "it is the entry's very name")
    return None


def relations(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """Entries that the entry is related to are in the article."""
    del question
    known = sorted(e for e in scene.lexicon.related.get(form.entry, ()) if scene.is_introduced(e))
    if not known:
        return None
    return Evidence(Clue.RELATED, min(2.0, 0.8 * len(known)), f"the article names {', '.join(known)}, related to it")


@lru_cache(maxsize=256)
def words_of(text: str) -> frozenset[str]:
    """The words of a passage, folded."""
    return frozenset(w.strip(".,;:!?()\"'") for w in fold(text).split())


@lru_cache(maxsize=256)
def talks_of_sport(text: str, language: Language) -> bool:
    return language.sport.search(text) is not None


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


WHERE_CONTESTED: tuple[ClueOf, ...] = (salience, kind_words, kinds_of_place, own_names, relations, shared_words)


def evidence_for(question: Question, form: Form, scene: Scene, *, contested: bool) -> Iterator[Evidence]:
    """All evidence on one reading."""
    yield weigh_form(question, form, scene)
    for clue in (*FOR_EVERY_MENTION, *WHERE_CONTESTED) if contested else FOR_EVERY_MENTION:
        found = clue(question, form, scene)
        if found is not None:
            yield found
