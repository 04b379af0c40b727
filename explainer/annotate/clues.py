"""What speaks for a reading of a mention, and against it: one small function for each clue, in a list.

Weights are in logits, and `score` adds them up: a single reading with a sum of 2 has the score 0.88, with 3 it has 0.95.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from explainer.annotate.folding import fold
from explainer.annotate.forms import Form
from explainer.annotate.joined import has_clitic
from explainer.annotate.languages import Language
from explainer.annotate.neighbours import (
    begins_sentence,
    has_quotes,
    is_title_case,
    longer_name,
    name_before,
    quoted_title,
)
from explainer.annotate.reasons import Clue, Evidence, Method
from explainer.annotate.rivals import WHERE_CONTESTED, ClueOf
from explainer.annotate.scene import (
    NEAR,
    Question,
    Scene,
    asks_for_place,
    has_article,
    kind_beside,
    names_kin,
    noun_follows,
    talks_of_sport,
)
from explainer.annotate.text import Zone
from explainer.read.schema import EntryKind

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

NEVER, NEVER_INTRODUCED = -3.0, "never introduced"
"""The weight of any other short form whose entry is never introduced, and how that is said."""

_NUMBER = re.compile(r" \d")


def weigh_form(question: Question, form: Form, scene: Scene) -> Evidence:
    """How the entry is written here, and whether it was introduced before, later or never."""
    weight, words = FORM_WEIGHT[form.method], f"{form.method} “{form.text}”"
    if not form.is_short or scene.salience(form.entry, question.number):
        return Evidence(Clue.FORM, weight, words)
    if scene.is_introduced(form.entry):
        return Evidence(Clue.FORM, weight + LATER, f"{words}, whose full form comes later")
    if kind_beside(question, form, scene):
        return Evidence(Clue.FORM, weight, f"{words}, beside the word “{scene.lexicon.kind_words[form.entry]}”")
    if form.method is Method.FIRST_NAME and names_kin(question, scene):
        return Evidence(Clue.FORM, weight, f"{words}, beside a word for a relative, and related to somebody named")
    weight = NEVER
    if _stands_alone(question, form, scene):
        sports = form.entry in scene.lexicon.teams and talks_of_sport(question.text, scene.language)
        weight = ALONE_WEIGHT.get(form.method, ALONE_IN_SPORT if sports else NEVER)
    return Evidence(Clue.FORM, weight, f"{words}, {NEVER_INTRODUCED}")


def _stands_alone(question: Question, form: Form, scene: Scene) -> bool:
    """Whether a short form that nobody introduced can be meant: the only one of that form, and no unit or vessel."""
    end = question.candidate.end
    if len(question.candidate.forms) > 1 or len(question.written) < 3 or _NUMBER.match(question.text, end):
        return False
    return form.method is not Method.ACRONYM or scene.lexicon.kinds[form.entry] is EntryKind.ORGANISATION


def longer_names(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """A word of a name that the glossary does not have."""
    candidate = question.candidate
    if (question.zone is not Zone.HEADING or form.is_short) and not has_clitic(question.written, form.text):
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


def names_beside(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """A name before one of several words may belong to it: “Quiksilver Pro New York”."""
    del form
    start = question.candidate.start
    if question.zone is Zone.HEADING:
        return None
    word = name_before(question.text, start, scene.language)
    if not word or begins_sentence(question.text, start - 1 - len(word)) or is_title_case(question.text):
        return None
    return Evidence(Clue.LONGER_NAME, -3.0, f"“{word}” before it may belong to the name")


def quoted(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """Between quotation marks stands a title: “Hearts and Flowers” is no football club."""
    candidate = question.candidate
    if not has_quotes(question.text):
        return None
    title = quoted_title(question.text, candidate.start, candidate.end)
    if not title:
        return None
    known = form.is_short and scene.salience(form.entry, question.number)
    if title == question.written and (known or scene.lexicon.kinds[form.entry] is EntryKind.WORK):
        return None
    weight = QUOTED_NAME if title == question.written and form.method is Method.NAME else QUOTED_ALIAS
    return Evidence(Clue.QUOTED, weight, f"“{title}” between quotation marks is a title")


QUOTED_NAME, QUOTED_ALIAS = -3.5, -4.2
_WRITTEN_DOWN = frozenset({Method.NAME, Method.ALIAS})


def months(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """“In May” and “May 6” are no prime minister."""
    del form
    language = scene.language
    start, end = question.candidate.start, question.candidate.end
    before = language.month_before.search(question.text, max(0, start - NEAR), start)
    if before or language.month_after.match(question.text, end):
        return Evidence(Clue.COMMON_WORD, -6.0, f"“{question.written}” is a month here")
    return None


def common_words(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """A word that is a name only now and then: the full name must have shown that it is one here."""
    if _is_known_here(question, form, scene):
        return None
    weight = COMMON_WITH_ARTICLE if has_article(question, scene) else COMMON
    if begins_sentence(question.text, question.candidate.start) and not _is_name_here(question.written, scene):
        weight += BEGINNING
    return Evidence(Clue.COMMON_WORD, weight, f"“{question.written}” is a common word")


COMMON, COMMON_WITH_ARTICLE = -3.0, -2.2
BEGINNING = -1.2
"""What a common word loses at the beginning of a sentence, where it has its capital anyway."""


def _is_known_here(question: Question, form: Form, scene: Scene) -> bool:
    """Whether the article has shown that the word names the entry, or the words around want such a name."""
    if form.method is Method.LISTED or form.entry in scene.title:
        return True
    introduced = form.is_short and scene.salience(form.entry, question.number) > 0
    return introduced or _is_asked_for(question, form, scene)


def _is_name_here(word: str, scene: Scene) -> bool:
    """Whether an article has a word twice in the middle of sentences with a capital, and never in small letters."""
    texts = [p.text for p in scene.passages]
    if word.isupper() or any(_places_of(word.lower(), text) for text in texts):
        return False
    return sum(not begins_sentence(text, start) for text in texts for start in _places_of(word, text)) > 1


def _places_of(word: str, text: str) -> list[int]:
    """Where a word stands in a text that is no part of a longer one."""
    if word not in text:
        return []
    return [match.start() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]


def _is_asked_for(question: Question, form: Form, scene: Scene) -> bool:
    """Whether the words around want a name of that kind: “in Reading”, and “the Reds” in a match."""
    if scene.lexicon.kinds[form.entry] is EntryKind.PLACE:
        return asks_for_place(question, scene)
    return form.entry in scene.lexicon.teams and talks_of_sport(question.text, scene.language)


def tongues(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """“Into English” names the language, not the country."""
    del form
    start = question.candidate.start
    told = scene.language.head_first or not noun_follows(question, scene)
    if told and scene.language.tongue.search(question.text, max(0, start - NEAR), start):
        return Evidence(Clue.LANGUAGE, -5.0, "the language of that name is meant")
    return None


def things(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """“The Virtue's” and “the Tlass family” are no person."""
    del form
    end = question.candidate.end
    if not has_article(question, scene):
        return None
    if question.text[end : end + 2] in {"'s", "’s"}:
        return Evidence(Clue.THING, -4.5, "after “the” it names a thing, no person")
    following = _NEXT_WORD.match(question.text, end)
    if following is not None and following.group(1) in scene.language.families:
        return Evidence(Clue.THING, -8.0, f"“{following.group(1)}” shows that no single person is meant")
    return None


_OF_PEOPLE = frozenset({Method.LAST_NAME, Method.FIRST_NAME})
_NEXT_WORD = re.compile(r" ([a-z]+)")


def teams(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """A team is called by one word only where sport is talked about."""
    if form.entry not in scene.lexicon.teams or form.method is Method.NAME or question.written.isupper():
        return None
    contested = len(question.candidate.forms) > 1
    if " " in question.written and not contested:
        return None
    if not talks_of_sport(question.text, scene.language):
        return Evidence(Clue.SPORT, -4.2, "a team, and no word of sport beside it")
    if question.written in scene.language.peoples and noun_follows(question, scene):
        return Evidence(Clue.SPORT, -4.2, "an adjective before a noun, no team")
    return None


def adjectives(question: Question, form: Form, scene: Scene) -> Evidence | None:
    """“The Revolutionary Guard” is not the Republican one, in a language whose adjectives follow and have no capital."""
    del form
    word = scene.language.lengthens.match(question.text, question.candidate.end)
    if word is None:
        return None
    return Evidence(Clue.LONGER_NAME, -8.0, f"“{word.group().strip()}” beside it belongs to the name")


When: TypeAlias = Callable[[str, Method, Language], bool]
"""Whether a clue may say anything, as far as the characters of a mention and what they are to the entry tell."""


def _always(_written: str, _method: Method, _language: Language) -> bool:
    return True


def _is_long_name(written: str, method: Method, _language: Language) -> bool:
    """Several words; without capitals, nothing shows that the word before is a name."""
    return " " in written and written[0].isupper() and not method.is_short


def _is_common(written: str, method: Method, language: Language) -> bool:
    word = _word(written)
    return word in language.common_words or (method.is_short and word in language.function_words)


def _word(written: str) -> str:
    """A single word, folded; else nothing."""
    return "" if " " in written else fold(written)


FOR_EVERY_MENTION: tuple[tuple[When, ClueOf], ...] = (
    (_always, longer_names),
    (_is_long_name, names_beside),
    (lambda _, method, __: method is Method.HEAD_NOUN, adjectives),
    (
        lambda written, method, _: method is not Method.LISTED and not (" " in written and method in _WRITTEN_DOWN),
        quoted,
    ),
    (lambda written, _, language: _word(written) in language.months, months),
    (_is_common, common_words),
    (lambda written, _, language: written in language.tongues, tongues),
    (lambda _, method, __: method in _OF_PEOPLE, things),
    (_always, teams),
)
"""The clues, each with when it is asked: most say something on few names."""


@lru_cache(maxsize=4096)
def _clues_on(written: str, method: Method, language: Language) -> tuple[ClueOf, ...]:
    return tuple(clue for when, clue in FOR_EVERY_MENTION if when(written, method, language))


def evidence_for(question: Question, form: Form, scene: Scene, *, contested: bool) -> tuple[Evidence, ...]:
    """All evidence on one reading."""
    evidence = [weigh_form(question, form, scene)]
    clues = _clues_on(question.written, form.method, scene.language)
    for clue in (*clues, *WHERE_CONTESTED) if contested else clues:
        found = clue(question, form, scene)
        if found is not None:
            evidence.append(found)
    return tuple(evidence)
