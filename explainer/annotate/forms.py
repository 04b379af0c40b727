"""The forms under which texts name an entry, derived from what its author wrote down.

Each rule is a small function from a name to the forms it gives; the lists at the end say which rules apply to which
kind of entry. A form's method says how far it carries alone: a name, an alias or a *variant* (another way to write the
whole name) introduces its entry, a short form needs an introduction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from explainer.annotate.folding import fold
from explainer.annotate.head_first import (
    bound_words,
    contracted,
    first_nouns,
    joined_article,
    names_in,
    parts_of_words,
    small_initials,
    small_nouns,
)
from explainer.annotate.languages import Language, language_of_name
from explainer.annotate.reasons import Method
from explainer.read.schema import EntryKind, EntryMeta
from explainer.types import EntryId

_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")
_ROMAN = re.compile(r"[IVX]+")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+")
_MIN_ACRONYM, _MAX_ACRONYM = 2, 6
_LONGEST_NUMBER_WORD = 12

Rule: TypeAlias = Callable[[str, Language], Iterator[tuple[str, Method]]]
"""From one full name to other forms of it."""


class Form(NamedTuple):
    """One way to write one entry."""

    text: str
    entry: EntryId
    method: Method
    demonym: bool = False
    before: tuple[str, ...] = ()
    """What of them must stand directly before it, in small letters; empty for nothing: “au” Caire."""

    @property
    def is_short(self) -> bool:
        return self.method.is_short


def forms_of(identifier: EntryId, meta: EntryMeta, *, language: str) -> tuple[Form, ...]:
    """Every form of an entry, strongest first, each once."""
    name = _BRACKETED.sub("", meta.name) or meta.name
    forms = [Form(name, identifier, Method.NAME)]
    forms += (Form(a.text, identifier, Method.ALIAS, a.demonym) for a in meta.aliases)
    forms += (Form(a.text, identifier, Method.HIDDEN_ALIAS, a.demonym) for a in meta.hidden_aliases)
    code = meta.language or language
    full = [(name, language_of_name(name, code))]
    full += ((a.text, language_of_name(a.text, a.language or code)) for a in meta.aliases if not a.demonym)
    derived = [
        Form(text, identifier, method, method is Method.DEMONYM)
        for written, tables in full
        for text, method in derive(written, meta.kind, tables)
    ]
    derived += (
        Form(text, identifier, Method.VARIANT, before=before)
        for written, tables in full
        for text, before in contracted(written, tables)
    )
    # A kingdom is mostly a state of the past, beside today's with the same people.
    variants = [
        (f.text, language_of_name(f.text, code))
        for f in derived
        if f.method is Method.VARIANT and not name.startswith("Kingdom ")
    ]
    countries = [*full, *variants] if meta.kind is EntryKind.PLACE else []
    derived += (
        Form(text, identifier, Method.DEMONYM, demonym=True)
        for written, tables in countries
        for text in demonyms(written, tables)
    )
    forms += sorted(derived, key=lambda f: f.is_short)  # variants before short forms
    once: dict[str, Form] = {}
    for form in forms:
        if len(form.text) > 1:
            once.setdefault(form.text, form)
    return tuple(once.values())


def derive(name: str, kind: EntryKind, language: Language) -> Iterator[tuple[str, Method]]:
    """What a text may call an entry with this name."""
    rules = RULES_FOR_KIND[kind] if language.has_tables or kind is EntryKind.PERSON else ()
    for rule in (*RULES_FOR_ALL, *rules):
        yield from rule(name, language)


# ---- for all kinds --------------------------------------------------------------------------------------------------


def spellings(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Centre” and “Center”, “and” and “&”, “Saint” and “St.”; “Al-Qaeda” and “Al Qaeda”."""
    words = name.split()
    for one, other in (pair for a, b in language.spellings for pair in ((a, b), (b, a))):
        if one in words and len(words) > 1:
            yield " ".join(other if w == one else w for w in words), Method.VARIANT
    if "-" in name and len(re.split(r"[\s-]+", name)) <= _MOST_HYPHENS:
        yield name.replace("-", " "), Method.VARIANT
    yield from ((text, Method.VARIANT) for text in letters(name))


_TWO_LETTERS = (("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ü", "ue"), ("ö", "oe"), ("ä", "ae"), ("ø", "oe"))


def letters(name: str) -> Iterator[str]:
    """“Mueller” for “Müller”: what some keyboards write with two letters."""
    for one, two in _TWO_LETTERS if not name.isascii() else ():
        if one in name:
            yield name.replace(one, two)


_MOST_HYPHENS = 3


def without_article(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Go-Betweens” for “The Go-Betweens”."""
    for article in language.articles:
        rest = name[len(article) :]
        if article.endswith(" ") and name.lower().startswith(article) and " " in rest:
            yield rest, Method.VARIANT


_NUMBERS = (
    ("One", "1", "I", "First", "1st"),
    ("Two", "2", "II", "Second", "2nd"),
    ("Three", "3", "III", "Third", "3rd"),
    ("Four", "4", "IV", "Fourth", "4th"),
    ("Five", "5", "V", "Fifth", "5th"),
    ("Six", "6", "VI", "Sixth", "6th"),
    ("Seven", "7", "VII", "Seventh", "7th"),
    ("Eight", "8", "VIII", "Eighth", "8th"),
    ("Nine", "9", "IX", "Ninth", "9th"),
    ("Ten", "10", "X", "Tenth", "10th"),
)


def numerals(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Formula 1” for “Formula One”, “4th Armoured Division” for “Fourth Armoured Division”."""
    words = name.split()
    if language.code != "en" or len(words) < 2:
        return
    for place, word in enumerate(words):
        for one, digit, roman, first, short in _NUMBERS if len(word) <= _LONGEST_NUMBER_WORD else ():
            others = (one, digit) if word in {one, digit} else (first, short) if word in {first, short} else ()
            if word == roman and place == len(words) - 1 and len(word) > 1:
                others = (one, digit)
            for other in others:
                if other != word:
                    yield " ".join((*words[:place], other, *words[place + 1 :])), Method.VARIANT


def well_known(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“U.S.” for “United States”, and “U.S. Air Force” for “United States Air Force”."""
    for long, shorts in language.well_known.items():
        if name == long or (name.startswith(long) and name[len(long) :].startswith(f" {language.of} ")):
            yield from ((short, Method.VARIANT) for short in shorts)
        elif name.startswith(f"{long} "):
            yield from ((short + name[len(long) :], Method.VARIANT) for short in shorts)


def demonyms(place: str, language: Language) -> Iterator[str]:
    """“French” and “Frenchman” for “France”, with the plurals of nouns."""
    for form in language.demonyms.get(place.removeprefix("The ").removeprefix("the "), ()):
        yield form
        if form.endswith("man"):
            yield f"{form[:-3]}men"
        elif not form.endswith(("sh", "ch", "se", "ss", "s")):
            yield f"{form}s"


def before_comma(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Springfield” for “Springfield, Illinois”."""
    if "," in name and not language.legal.search(name):
        yield name.partition(",")[0], Method.SHORT_NAME


# ---- people ---------------------------------------------------------------------------------------------------------


class PersonName(NamedTuple):
    """A person's name in parts: `given`, then `last` with the particles before it."""

    given: tuple[str, ...]
    particles: tuple[str, ...]
    last: str


def split_person(name: str, language: Language) -> PersonName | None:
    """The parts of “Ludwig van Beethoven”; None for a name of one word, or one that ends otherwise than in a name."""
    words = names_in([w for w in name.partition(",")[0].split() if not language.suffixes.fullmatch(w)], language)
    if len(words) < 2 or not _is_name(words[-1], language) or f" {language.of} " in f" {name} ":
        return None
    while len(words) > 1 and words[0].rstrip(".").lower() in language.titles:
        words = words[1:]
    begin = len(words) - 1
    while begin > 1 and words[begin - 1].lower() in language.particles:
        begin -= 1
    return PersonName(tuple(words[:begin]), tuple(words[begin:-1]), words[-1])


def _is_name(word: str, language: Language) -> bool:
    if word.endswith(("'s", "’s")):
        return False
    return any(map(str.isupper, word)) if language.has_capitals else word[:1].isalpha()


def last_names(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """Last names with their particles and without; “Sánchez” too for “Ángel Sánchez Martín”."""
    parts = split_person(name, language)
    if parts is None:
        return
    yield from ((text, Method.LAST_NAME) for text in _lasts(parts, language))
    for middle in parts.given[1:]:
        if middle[:1].isupper() and len(middle) > 2 and not _INITIAL.fullmatch(middle):
            yield middle, Method.MIDDLE_NAME


def _lasts(parts: PersonName, language: Language) -> Iterator[str]:
    yield parts.last
    yield from letters(parts.last)
    yield from joined_article(parts.last, language)
    if parts.particles:
        yield " ".join((*parts.particles, parts.last))
    particle, _, stem = parts.last.partition("-")
    if stem and particle.lower() in language.particles:
        yield stem
        yield f"{particle} {stem}"
        yield from (f"{other}-{stem}" for other in _SAME_ARTICLE if other != particle.lower())
    for bare in (stem or parts.last,) if stem and particle.lower() in _SAME_ARTICLE else ():
        yield from _doubled(bare)
        yield from (f"{article}-{other}" for other in _doubled(bare) for article in _SAME_ARTICLE)


_SAME_ARTICLE = ("al", "el")
"""Two spellings of the Arabic article."""

_MAY_DOUBLE = re.compile(r"(?<=[aeiouy])([sdlmnftkrb])(\1?)(?=[aeiouy])")


def _doubled(name: str) -> Iterator[str]:
    """“Sissi” for “Sisi”, and “Sisi” for “Sissi”: a consonant between vowels, which transliterations double or not."""
    for match in _MAY_DOUBLE.finditer(name):
        letter, twice = match.groups()
        yield name[: match.start()] + (letter if twice else letter * 2) + name[match.end() :]


def given_and_last(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """The name without what stands in its middle, the initials written otherwise, the Arabic article in its spellings."""
    parts = split_person(name, language)
    if parts is None:
        return
    given, particles, last = parts
    if not given:
        return
    first = given[0]
    if len(given) > 1:
        yield " ".join((first, *particles, last)), Method.VARIANT
        yield f"{first} {last}", Method.VARIANT
    elif particles:
        yield f"{first} {last}", Method.VARIANT
    initials = [w for w in given if _INITIAL.fullmatch(w)]
    if len(initials) > 1:
        for joint in ("".join(initials), "".join(initials).replace(".", "")):
            yield " ".join((joint, *(w for w in given if w not in initials), *particles, last)), Method.VARIANT
    elif initials:
        yield " ".join((*(w.rstrip(".") for w in given), *particles, last)), Method.VARIANT
    yield from (
        (" ".join((*given, other)), Method.VARIANT) for other in _lasts(parts, language) if "-" in f"{last}{other}"
    )


def first_names(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    parts = split_person(name, language)
    if parts is None or not parts.given:
        return
    first = parts.given[0]
    if not language.has_capitals and fold(first) in language.common_words:
        return
    if len(first) > 2 and _is_name(first, language) and first.lower() not in language.particles and first[-1] != ".":
        yield first, Method.FIRST_NAME


def sovereigns(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Louis IX” and “King Louis” for “Louis IX of Hesse-Darmstadt” or “Louis IX, Landgrave of Hesse-Darmstadt”."""
    given = re.split(rf",| {language.of} ", name)[0] if language.of else name.partition(",")[0]
    words = given.split()
    if given != name and words:
        yield given, Method.VARIANT if len(words) > 1 else Method.SHORT_NAME
    if len(words) == 2 and _ROMAN.fullmatch(words[1]):
        yield words[0], Method.SHORT_NAME
        for title in language.royal_titles:
            yield f"{title} {given}", Method.VARIANT
            yield f"{title} {words[0]}", Method.VARIANT


# ---- places ---------------------------------------------------------------------------------------------------------


def states(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“China” for “People's Republic of China”, “United States” for “United States of America”."""
    for prefix in language.states:
        if name.startswith(f"{prefix} "):
            yield name[len(prefix) + 1 :].removeprefix("the "), Method.VARIANT
    before, of, _ = name.partition(f" {language.of} ") if language.of else (name, "", "")
    if of and len(before.split()) > 1 and f"{before} {language.of}" not in language.states:
        yield before, Method.VARIANT


def kinds_of_place(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“the Atlantic” for “Atlantic Ocean”; “Homs” and “province of Homs” for “Homs Province”."""
    for kind, rest in without_kind(name.split(), language):
        if kind in language.waters:
            yield rest, Method.VARIANT
            continue
        yield rest, Method.SHORT_NAME
        if language.of:
            yield f"{kind} {language.of} {rest}", Method.VARIANT
            yield f"{rest} {kind}", Method.VARIANT
        yield f"{kind} {rest}", Method.VARIANT


def without_kind(words: list[str], language: Language) -> Iterator[tuple[str, str]]:
    kinds = language.places | language.waters
    if len(words) > 1 and words[-1].capitalize() in kinds:
        yield words[-1], " ".join(words[:-1])
    elif len(words) > 2 and words[0] in kinds and words[1] == language.of:
        yield words[0], " ".join(words[2:]).removeprefix("the ")
    elif len(words) > 1 and words[0] in kinds:
        yield words[0], language.genitive.sub("", " ".join(words[1:]), count=1)


# ---- organisations, events ------------------------------------------------------------------------------------------


def head_nouns(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """What an organisation is called: “the Guard”, “the Bank” for “Bank of England”, “the Air Force”, “Congress”."""
    words = language.legal.sub("", name).split()
    if language.head_first:
        return
    before = words[: next((n for n, w in enumerate(words) if w in language.prepositions), len(words))]
    if not (len(before) > 1 or 0 < len(before) < len(words)):
        return
    noun = before[-1]
    if noun[:1].isupper() and noun[1:].islower():
        yield noun, Method.HEAD_NOUN
    if len(before) > 2 and before[-2][:1].isupper() and before[-2].lower() not in language.function_words:
        yield " ".join(before[-2:]), Method.HEAD_NOUN


def acronyms(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """The initials of the capitalised words, without points and with them."""
    if language.head_first:
        return
    words = [w for w in re.split(r"[\s-]+", language.legal.sub("", name)) if w]
    initials = "".join(w[0] for w in words if w[0].isupper())
    if len(words) > 1 and _MIN_ACRONYM <= len(initials) <= _MAX_ACRONYM:
        yield initials, Method.ACRONYM
        yield "".join(f"{i}." for i in initials), Method.ACRONYM


def long_acronyms(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """The same for what is seldom called so: three letters at least."""
    yield from (form for form in acronyms(name, language) if len(form[0].replace(".", "")) > _MIN_ACRONYM)


def legal_forms(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Quiksilver” for “Quiksilver, Inc.”, “WMRF” for the station “WMRF-FM”."""
    short = re.sub(r"-(?:FM|AM|TV)$", "", language.legal.sub("", name))
    if short and short != name:
        yield short, Method.VARIANT


def bodies(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“U.S. Supreme Court” for “Supreme Court of the United States”, “Justice Department” for “Department of Justice”."""
    body, of, place = name.partition(f" {language.of} ") if language.of else (name, "", "")
    place = place.removeprefix("the ")
    for adjective in (place, *language.well_known.get(place, ()), *language.demonyms.get(place, ())[:1]):
        if of and place in language.demonyms:
            yield f"{adjective} {body}", Method.VARIANT
    before, _, kind = body.rpartition(" ")
    if of and kind in language.ministries:
        yield f"{place} {kind}", Method.VARIANT
        if before in language.demonyms:
            yield f"{kind} {language.of} {place}", Method.VARIANT
            for adjective in (before, *language.well_known.get(before, ()), *language.demonyms[before][:1]):
                yield f"{adjective} {place} {kind}", Method.VARIANT


def proper_parts(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """What stands before the words that many organisations share: “Baldwin” for “Baldwin Locomotive Works”."""
    words = next((name[len(a) :] for a in language.articles if name.lower().startswith(a)), name).split()
    end = next((n for n, w in enumerate(words) if w in language.generic), len(words))
    if not 0 < end < len(words) or words[end - 1].endswith(("'s", "’s")):
        return
    if end > 1 or not _ADJECTIVE.search(words[0]):
        yield " ".join(words[:end]), Method.PROPER_PART


_ADJECTIVE = re.compile(r"(?:ish|ese|an|ic|al|ern|ary)\Z")


RULES_FOR_ALL: tuple[Rule, ...] = (
    spellings,
    parts_of_words,
    small_nouns,
    bound_words,
    without_article,
    well_known,
    before_comma,
)

RULES_FOR_KIND: dict[EntryKind, tuple[Rule, ...]] = {
    EntryKind.PERSON: (given_and_last, sovereigns, last_names, first_names),
    EntryKind.PLACE: (states, kinds_of_place, numerals, long_acronyms, small_initials),
    EntryKind.ORGANISATION: (
        legal_forms,
        bodies,
        numerals,
        head_nouns,
        first_nouns,
        acronyms,
        small_initials,
        proper_parts,
    ),
    EntryKind.EVENT: (numerals, long_acronyms, small_initials),
    EntryKind.WORK: (numerals,),
    EntryKind.CONCEPT: (),
}


def entries_in(forms: Iterable[Form]) -> tuple[EntryId, ...]:
    """The entries of some forms, sorted, each once."""
    return tuple(sorted({f.entry for f in forms}))


def compatible(run: Sequence[str], given: Sequence[str], language: Language) -> bool:
    """Whether the words before a last name may be these given names: “J.”, “Bill”, “Habern William” for “Habern W.”."""
    if not run or not given or not _same_given(run[0], given[0], language):
        return False
    return all(_same_given(word, name, language) for word, name in zip(run[1:], given[1:], strict=False))


def _same_given(one: str, other: str, language: Language) -> bool:
    a, b = one.rstrip(".").casefold(), other.rstrip(".").casefold()
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    return len(a) > 1 < len(b) and any(a in group and b in group for group in language.nicknames)
