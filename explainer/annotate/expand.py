"""What an article makes of the matches: whom it introduces, and which forms may therefore be read as whom.

    whole forms → extended people → lists → acronyms in brackets → introduced entries → short forms → longest

A full form introduces its entry; then its short forms may be read as that entry wherever they stand (the antecedent
rule, which `decide` applies). Where no entry with a short form is introduced, it is kept if it stands for somebody all
the same (`Key.alone`), so that it can be reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import TypeAlias

from msgspec import Struct

from explainer.annotate.find import (
    Candidate,
    Match,
    explicit_candidates,
    forms_as_written,
    is_whole,
    surface_candidates,
)
from explainer.annotate.folding import fold
from explainer.annotate.forms import Form
from explainer.annotate.forms.people import compatible
from explainer.annotate.languages import Language
from explainer.annotate.lexicon import Key, Lexicon
from explainer.annotate.longest import merge, select_longest
from explainer.annotate.neighbours import names_before, word_before
from explainer.annotate.reasons import Method
from explainer.annotate.review import NOTHING_PLACED, Placed
from explainer.annotate.text import Passage
from explainer.read.schema import EntryKind
from explainer.types import EntryId


class Expansion(Struct, frozen=True):
    """The candidates of an article."""

    chosen: tuple[Candidate, ...]
    """They do not overlap; in reading order."""
    covered: tuple[Candidate, ...]
    """Candidates that a chosen one covers and that say something of their own."""


NO_CANDIDATES = Expansion((), ())

_Found: TypeAlias = tuple[Match, Key]
"""A match, and what its form may name."""


def expand_matches(  # noqa: PLR0913
    matches: Sequence[Match],
    passages: Sequence[Passage],
    lexicon: Lexicon,
    language: Language,
    *,
    surfaces: Mapping[str, EntryId],
    title: frozenset[EntryId],
    verdicts: Placed = NOTHING_PLACED,
) -> Expansion:
    """All that an article may mention."""
    lexicon.foresee({match.key for match in matches})
    found = [(match, lexicon.keys[match.key]) for match in matches]
    named = tuple(_whole(found, passages, language))
    people = tuple(_people(found, passages, language))
    lists = tuple(_lists((*named, *people), passages, lexicon, language))
    whole = (*named, *people, *lists)
    brackets = tuple(_brackets(whole, passages, language))
    explicit = tuple(explicit_candidates(passages))
    introduced = title | verdicts.entries | set(surfaces.values()) | _targets(explicit, lexicon)
    introduced |= {f.entry for c in whole for f in c.forms}
    known = (*named, *_introduced(found, passages, lexicon, language, introduced))
    candidates = [
        *explicit,
        *surface_candidates(passages, surfaces, language),
        *known,
        *_alone(found, passages, language, {(c.passage, c.start, c.end) for c in known}),
        *people,
        *lists,
        *_abbreviated(brackets, passages, language),
    ]
    return Expansion(*select_longest(verdicts.make_room(merge(candidates))))


def _targets(explicit: Iterable[Candidate], lexicon: Lexicon) -> set[EntryId]:
    """The entries that the author's links name, by id or by name."""
    return {lexicon.names.get(fold(c.target), EntryId(c.target)) for c in explicit if c.target is not None}


def _whole(found: Iterable[_Found], passages: Sequence[Passage], language: Language) -> Iterator[Candidate]:
    """Names, aliases and variants."""
    for (passage, start, end, _), key in found:
        if key.full:
            forms = forms_as_written(key.full, passages[passage].text, start, end, language)
            if forms:
                yield Candidate(passage, start, end, forms)


def _people(found: Iterable[_Found], passages: Sequence[Passage], language: Language) -> Iterator[Candidate]:
    """People whose given names are written otherwise than in their entry: “J. Priestley”, “Sergei I. Romanovich”."""
    for (passage, start, end, _), key in found:
        if not key.people:
            continue
        text = passages[passage].text
        begin, run = names_before(text, start, language)
        if not run:
            continue
        meant = {n.entry: n for n in key.people if compatible(run, n.name.given, language)}
        if meant:
            forms = (Form(text[begin:end], e, _how(run, n.name.given)) for e, n in sorted(meant.items()))
            yield Candidate(passage, begin, end, tuple(forms))


def _how(run: Sequence[str], given: Sequence[str]) -> Method:
    """A whole word more in the middle may make another person of the name; an initial hardly does."""
    more = run[len(given) :] if len(run[0]) > 2 else run[len(given) + 1 :]
    return Method.FULLER if any(len(word) > 2 for word in more) else Method.VARIANT


_MEMBER = r"[^\W_][\w.'’-]*"
_LIST = re.compile(rf"(?:{_MEMBER}, )*{_MEMBER},? \S+ \Z")
_LONGEST_LIST = 120
_LONGEST_BRACKET = 20
"""Characters from an acronym to the name in brackets behind it."""


def _lists(
    whole: Iterable[Candidate], passages: Sequence[Passage], lexicon: Lexicon, language: Language
) -> Iterator[Candidate]:
    """What lists leave out: “Mustafa” is Mustafa Tlass in “Mustafa and Munaf Tlass”, “North” North America in “North and South America”."""
    for candidate in whole:
        text = passages[candidate.passage].text
        if word_before(text, candidate.start) in language.list_joints:
            yield from _other_members(candidate, text, lexicon)


def _other_members(last: Candidate, text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """The members of a list before its last one, which alone has the words that all share."""
    first, _, shared = text[last.start : last.end].partition(" ")
    if not shared or not first[:1].isupper():
        return
    before = _LIST.search(text, max(0, last.start - _LONGEST_LIST), last.start)
    if before is None:
        return
    kinds = {lexicon.kinds[f.entry] for f in last.forms}
    for member in re.finditer(_MEMBER, before.group()):
        forms = tuple(_as_member(member.group(), shared, kinds, lexicon))
        if forms:
            yield Candidate(last.passage, before.start() + member.start(), before.start() + member.end(), forms)


def _as_member(word: str, shared: str, kinds: AbstractSet[EntryKind], lexicon: Lexicon) -> Iterator[Form]:
    """What a word can be short for in a list whose last member has the shared words, among entries of its kinds."""
    key = lexicon.index.get(fold(f"{word} {shared}")) if word[:1].isupper() else None
    for form in lexicon.keys[key].full if key is not None else ():
        if lexicon.kinds[form.entry] in kinds and form.method is not Method.HIDDEN_ALIAS:
            yield Form(word, form.entry, Method.LISTED)


@cache
def _around_brackets(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An acronym, as group 1, in brackets behind a name, and one before a name in brackets."""
    words = "|".join(map(re.escape, language.in_brackets))
    return (
        re.compile(rf" \((?:{words})?[\"“]?([^\W\d_](?:[\w&]|\.(?=\w)){{1,9}}\.?)[\"”]?(?=[;,)])"),
        re.compile(rf"([^\W\d_][\w&.]{{1,9}}) \((?:{language.the} )?\Z"),
    )


def _brackets(
    whole: Iterable[Candidate], passages: Sequence[Passage], language: Language
) -> Iterator[tuple[str, EntryId]]:
    """The acronyms that an article gives in brackets, behind a name or before it: “Free Syrian Army (FSA)”."""
    after_name, before_name = _around_brackets(language)
    for passage, start, end, forms, _ in whole:
        text = passages[passage].text
        if "(" not in text:
            continue
        owners = {f.entry for f in forms}
        if len(owners) != 1 or " " not in text[start:end]:
            continue
        behind = after_name.match(text, end)
        closed = text[end : end + 1] == ")"
        before = before_name.search(text, max(0, start - _LONGEST_BRACKET), start) if closed else None
        for match in (behind, before):
            if match is not None and _abbreviates(match.group(1), text[start:end]):
                yield match.group(1), next(iter(owners))


def _abbreviates(short: str, name: str) -> bool:
    """Whether the letters of an acronym stand in a name in that order, the first of them at the beginning of a word.

    A test like that of Schwartz and Hearst (“A simple algorithm for identifying abbreviation definitions in biomedical
    text”, 2003), which goes from the last letter back to find where the name begins. Here the name is known, so the
    letters are gone through from the front; and two of them must be capitals, for a remark in brackets is no acronym.
    """
    letters = [c for c in short if c.isalpha()]
    if sum(c.isupper() for c in letters) < 2 or len(short) >= len(name):
        return False
    initials = {w[0] for w in fold(name).split() if w}
    rest = iter(fold(name))
    return fold(letters[0]) in initials and all(any(c == fold(letter) for c in rest) for letter in letters)


def _abbreviated(
    brackets: Iterable[tuple[str, EntryId]], passages: Sequence[Passage], language: Language
) -> Iterator[Candidate]:
    """Every place of the acronyms that an article gave."""
    for short, entry in sorted(set(brackets)):
        form = Form(short, entry, Method.ACRONYM)
        for number, passage in enumerate(passages):
            place = passage.text.find(short)
            while place >= 0:
                end = place + len(short)
                if is_whole(passage.text, place, end, language):
                    yield Candidate(number, place, end, (form,))
                place = passage.text.find(short, end)


def _introduced(
    found: Iterable[_Found],
    passages: Sequence[Passage],
    lexicon: Lexicon,
    language: Language,
    introduced: AbstractSet[EntryId],
) -> Iterator[Candidate]:
    """Matches of short forms of introduced entries, with all that they may be read as; and of first names of those who
    are related to one: “Assad's late father, Hafez”.
    """
    kin = {e for i in introduced for e in lexicon.related.get(i, ())} - introduced
    near = {*introduced, *kin}
    for (passage, start, end, _), key in found:
        # Many share a first name, few are introduced: these are looked up among those, not the other way round.
        owners = key.short.keys() & near if key.short else ()
        if not owners:
            continue
        live = list(key.full)
        for owner in sorted(owners, key=lambda e: (e in kin, e)):
            own = key.short[owner]
            live += (f for f in own if f.method is Method.FIRST_NAME) if owner in kin else own
        forms = forms_as_written(live, passages[passage].text, start, end, language) if live else ()
        if forms:
            yield Candidate(passage, start, end, forms)


def _alone(
    found: Iterable[_Found],
    passages: Sequence[Passage],
    language: Language,
    known: AbstractSet[tuple[int, int, int]],
) -> Iterator[Candidate]:
    """Matches of short forms that stand for somebody even if nobody was introduced, where nothing known stands."""
    for (passage, start, end, _), key in found:
        if key.alone and (passage, start, end) not in known:
            forms = forms_as_written(key.alone, passages[passage].text, start, end, language)
            if forms:
                yield Candidate(passage, start, end, forms)
