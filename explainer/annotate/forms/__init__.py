"""The forms under which texts name an entry, derived from what its author wrote down.

    name, aliases → other spellings of them → what such things are called for short

A rule is a small function from a full name to other forms of it; the lists below say which rules apply to which kind of
entry, and the modules have them by subject. A form's method says how far it carries alone: a name, an alias or a
*variant* (another way to write the whole name) introduces its entry, a short form needs an introduction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from explainer.annotate.forms import head_first, organisations, people, places, spelling
from explainer.annotate.languages import Language, language_of_name
from explainer.annotate.reasons import Method
from explainer.read.schema import EntryKind, EntryMeta
from explainer.types import EntryId

Rule: TypeAlias = Callable[[str, Language], Iterator[tuple[str, Method]]]
"""From one full name, and the tables of its language, to other forms of it and what they are."""

RULES_FOR_ALL: tuple[Rule, ...] = (
    spelling.spellings,
    spelling.parts_of_words,
    spelling.small_nouns,
    spelling.bound_words,
    spelling.without_article,
    spelling.well_known,
    spelling.before_comma,
)

RULES_FOR_KIND: Mapping[EntryKind, tuple[Rule, ...]] = {
    EntryKind.PERSON: (people.given_and_last, people.sovereigns, people.last_names, people.first_names),
    EntryKind.PLACE: (
        places.states,
        places.kinds_of_place,
        spelling.numerals,
        organisations.long_acronyms,
        head_first.small_initials,
    ),
    EntryKind.ORGANISATION: (
        organisations.legal_forms,
        organisations.bodies,
        spelling.numerals,
        organisations.head_nouns,
        head_first.first_nouns,
        organisations.acronyms,
        head_first.small_initials,
        organisations.proper_parts,
    ),
    EntryKind.EVENT: (spelling.numerals, organisations.long_acronyms, head_first.small_initials),
    EntryKind.WORK: (spelling.numerals,),
    EntryKind.CONCEPT: (),
}

_SHORT = frozenset(method for method in Method if method.is_short)

_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")


class Form(NamedTuple):
    """One way to write one entry."""

    text: str
    """As it is written, with its capitals and accents."""
    entry: EntryId
    """What it names."""
    method: Method
    """What it is to the entry: its name, a variant, a last name."""
    demonym: bool = False
    """Whether it is an adjective, or a noun for people: “Syrian”."""
    before: tuple[str, ...] = ()
    """What of them must stand directly before it, in small letters; empty for nothing: “au” Caire."""

    @property
    def is_short(self) -> bool:
        """Whether it needs a full form before it."""
        return self.method in _SHORT


class _FullName(NamedTuple):
    """A name or an alias that other forms are derived from."""

    text: str
    language: Language


def forms_of(identifier: EntryId, meta: EntryMeta, *, language: str) -> tuple[Form, ...]:
    """Every form of an entry of a glossary in `language`, strongest first, each once."""
    name = _BRACKETED.sub("", meta.name) or meta.name
    forms = [Form(name, identifier, Method.NAME)]
    forms += (Form(a.text, identifier, Method.ALIAS, a.demonym) for a in meta.aliases)
    forms += (Form(a.text, identifier, Method.HIDDEN_ALIAS, a.demonym) for a in meta.hidden_aliases)
    code = meta.language or language
    full = [_FullName(name, language_of_name(name, code))]
    full += (_FullName(a.text, language_of_name(a.text, a.language or code)) for a in meta.aliases if not a.demonym)
    derived = [
        Form(text, identifier, method) for own in full for text, method in derive(own.text, meta.kind, own.language)
    ]
    derived += _contracted(identifier, full)
    if meta.kind is EntryKind.PLACE:
        derived += _demonyms(identifier, [*full, *_other_names(full[0], derived, code)])
    # Variants come before short forms; both keep the order of the rules.
    return _each_once((*forms, *sorted(derived, key=lambda f: f.is_short)))


def derive(name: str, kind: EntryKind, language: Language) -> Iterator[tuple[str, Method]]:
    """What a text may call an entry with this name."""
    rules = RULES_FOR_KIND[kind] if language.has_tables or kind is EntryKind.PERSON else ()
    for rule in (*RULES_FOR_ALL, *rules):
        yield from rule(name, language)


def _contracted(identifier: EntryId, names: Iterable[_FullName]) -> Iterator[Form]:
    """What stands behind a preposition that has swallowed the name's article."""
    for name in names:
        for text, before in spelling.contracted(name.text, name.language):
            yield Form(text, identifier, Method.VARIANT, before=before)


def _demonyms(identifier: EntryId, names: Iterable[_FullName]) -> Iterator[Form]:
    for name in names:
        for text in places.demonyms(name.text, name.language):
            yield Form(text, identifier, Method.DEMONYM, demonym=True)


def _other_names(name: _FullName, derived: Iterable[Form], code: str) -> Iterator[_FullName]:
    """The variants of a place's name, by which its people may be called too; those of the past have only their own."""
    if not name.text.startswith(name.language.past_states):
        for form in derived:
            if form.method is Method.VARIANT:
                yield _FullName(form.text, language_of_name(form.text, code))


def _each_once(forms: Iterable[Form]) -> tuple[Form, ...]:
    """The forms without those that a stronger one is written like; one character names nothing."""
    once: dict[str, Form] = {}
    for form in forms:
        if len(form.text) > 1:
            once.setdefault(form.text, form)
    return tuple(once.values())
