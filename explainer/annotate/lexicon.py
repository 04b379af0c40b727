"""All forms of a glossary, ready to be found: one automaton, and what stands behind each of its keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import ahocorasick_rs
from msgspec import Struct, field

from explainer.annotate.folding import fold
from explainer.annotate.forms import Form, forms_of
from explainer.annotate.forms.people import PersonName, split_person
from explainer.annotate.forms.places import kind_and_rest
from explainer.annotate.joined import fused_forms, without_signs
from explainer.annotate.languages import language_at, language_of, language_of_name
from explainer.annotate.reasons import Method
from explainer.read.content import Entry
from explainer.read.schema import EntryKind, EntryMeta
from explainer.types import EntryId

__all__ = ["Form", "Key", "Lexicon", "Namesake", "build_lexicon", "fold"]

_STAND_ALONE = frozenset({Method.LAST_NAME, Method.ACRONYM, Method.SHORT_NAME})
_STAND_ALONE_IN_SPORT = frozenset({Method.PROPER_PART, Method.HEAD_NOUN})


_CLUB = re.compile(
    r"\b(?:[Tt]eam|[Ff]ootball|[Rr]ugby|[Bb]asketball|[Bb]aseball|[Hh]ockey|[Cc]ricket|[Ss]occer|[Ss]ports? club|NFL|NBA|NHL"
    r"|AC|AFC|AS|BK|CD|CF|FC|FK|HC|HK|RC|SC|SK|SS|SV|UD|VfB)\b|\b(?:[ACFRSU]\.){2,3}"
)
"""What shows in a name or summary that an organisation does sport. Clubs and leagues are called so in most languages."""


class Namesake(NamedTuple):
    """A person with some last name."""

    entry: EntryId
    """The person."""
    name: PersonName
    """The name in its parts."""


class Key(NamedTuple):
    """What one folded form may name."""

    full: tuple[Form, ...]
    """Names, aliases and variants, strongest first."""
    short: Mapping[EntryId, tuple[Form, ...]]
    """Short forms of each entry, strongest first."""
    people: tuple[Namesake, ...]
    """People with this last name."""
    alone: tuple[Form, ...]
    """Short forms, one of each entry, that are reported where no entry was introduced."""


def _nothing(_keys: Collection[int]) -> None:
    """All keys are there."""


class Lexicon(Struct, frozen=True):
    """All forms of a glossary."""

    automaton: ahocorasick_rs.AhoCorasick | None
    """None where the glossary is empty."""
    keys: Sequence[Key] | Mapping[int, Key]
    """In the order of the automaton's patterns."""
    index: Mapping[str, int]
    """The place of each folded form among the keys."""
    kinds: Mapping[EntryId, EntryKind]
    """The kind of every entry."""
    names: Mapping[str, EntryId]
    """Names, folded, for `[[Homs]]`; a name that two entries share is not there."""
    teams: Container[EntryId] = frozenset()
    """Organisations that do sport."""
    kind_words: Mapping[EntryId, str] = field(default_factory=lambda: MappingProxyType({}))
    """The kind of place that a place's name says, in small letters: `province` for Homs Province."""
    related: Mapping[EntryId, frozenset[EntryId]] = field(default_factory=lambda: MappingProxyType({}))
    """The entries that an entry's relations name, in both directions."""
    about: Mapping[EntryId, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    """The words of an entry's summary, facts and text, folded: only for entries that share a form with another."""
    foresee: Callable[[Collection[int]], None] = _nothing
    """Is told which keys are about to be looked up: some lexicons read them together."""


def build_lexicon(entries: Mapping[EntryId, Entry], *, language: str = "en") -> Lexicon:
    """The lexicon of a glossary whose texts are in `language`. Equal entries in any order give the same lexicon."""
    teams = frozenset(i for i, e in entries.items() if is_team(e.meta))
    by_key: dict[str, list[Form]] = {}
    people: dict[str, list[Namesake]] = {}
    names: dict[str, set[EntryId]] = {}
    for identifier in sorted(entries):
        meta = entries[identifier].meta
        names.setdefault(fold(meta.name), set()).add(identifier)
        for text, forms in forms_by_key(identifier, meta, language).items():
            by_key.setdefault(text, []).extend(forms)
        for last, namesakes in namesakes_by_last_name(identifier, meta, language).items():
            people.setdefault(last, []).extend(namesakes)
    texts = sorted(by_key)
    keys = tuple(key_of_forms(by_key[text], tuple(people.get(text, ())), teams) for text in texts)
    kind_words = {i: kind_word_of(e.meta, language) for i, e in entries.items()}
    return Lexicon(
        automaton=ahocorasick_rs.AhoCorasick(texts) if texts else None,
        keys=keys,
        index={text: number for number, text in enumerate(texts)},
        kinds={i: e.meta.kind for i, e in entries.items()},
        names={name: next(iter(ids)) for name, ids in names.items() if len(ids) == 1},
        teams=teams,
        kind_words={i: word for i, word in kind_words.items() if word},
        related=_relations(entries),
        about=_descriptions(entries, keys),
    )


def forms_by_key(identifier: EntryId, meta: EntryMeta, language: str) -> dict[str, tuple[Form, ...]]:
    """The forms of one entry by what they are when folded; of two ways to read one spelling the first, strongest one."""
    by_key: dict[str, dict[str, Form]] = {}
    for form in _as_written(forms_of(identifier, meta, language=language)):
        by_key.setdefault(fold(form.text), {}).setdefault(form.text, form)
    return {text: tuple(forms.values()) for text, forms in by_key.items()}


def _as_written(forms: Iterable[Form]) -> Iterator[Form]:
    """Without signs that do not matter, and what a clitic makes of it; accents as part of their letter and after it."""
    for written in forms:
        form = written._replace(text=without_signs(written.text))
        yield form
        if not form.text.isascii():
            tables = language_at(form.text, 0, None)
            texts = [unicodedata.normalize(composition, form.text) for composition in ("NFC", "NFD")]
            texts += fused_forms(form.text, tables)
            yield from (form._replace(text=text) for text in texts if text != form.text)


def key_of_forms(forms: Sequence[Form], people: tuple[Namesake, ...], teams: Container[EntryId]) -> Key:
    """What a folded form may name: the forms of all entries that fold to it, by id, and the people of that last name."""
    owned = any(not f.is_short for f in forms)
    short: dict[EntryId, list[Form]] = {}
    for form in forms:
        # A whole name of one entry is no leading word of another: “Homs” is never the “Homs Battalion”.
        if form.is_short and not (owned and form.method is Method.PROPER_PART):
            short.setdefault(form.entry, []).append(form)
    alone = {f.entry: f for f in reversed(forms) if stands_alone(f, team=f.entry in teams)}
    return Key(
        full=tuple(f for f in forms if not f.is_short),
        short={entry: tuple(own) for entry, own in short.items()},
        people=people,
        alone=tuple(alone[e] for e in sorted(alone)),
    )


def stands_alone(form: Form, *, team: bool) -> bool:
    """Whether a short form is a mention of somebody even where nobody was introduced. `team`: whether its entry does sport."""
    return form.method in _STAND_ALONE or (team and form.method in _STAND_ALONE_IN_SPORT)


def namesakes_by_last_name(identifier: EntryId, meta: EntryMeta, language: str) -> dict[str, tuple[Namesake, ...]]:
    """A person's names by their last names, folded; nothing for what is no person."""
    if meta.kind is not EntryKind.PERSON:
        return {}
    people: dict[str, list[Namesake]] = {}
    code = meta.language or language
    aliases = ((a.text, a.language or code) for a in meta.aliases if not a.demonym)
    for name, own in ((meta.name, code), *aliases):
        parts = split_person(name, language_of_name(name, own))
        if parts is not None:
            people.setdefault(fold(parts.last), []).append(Namesake(identifier, parts))
    return {last: tuple(found) for last, found in people.items()}


def kind_word_of(meta: EntryMeta, language: str) -> str:
    """The kind of place that a place's name says, in small letters, or nothing."""
    if meta.kind is not EntryKind.PLACE:
        return ""
    return kind_and_rest(meta.name.split(), language_of(meta.language or language))[0].lower()


def is_team(meta: EntryMeta) -> bool:
    """Whether an organisation does sport."""
    return meta.kind is EntryKind.ORGANISATION and _CLUB.search(f"{meta.name} {meta.summary}") is not None


def _relations(entries: Mapping[EntryId, Entry]) -> dict[EntryId, frozenset[EntryId]]:
    related: dict[EntryId, set[EntryId]] = {}
    for identifier, entry in entries.items():
        for relation in entry.meta.relations:
            related.setdefault(identifier, set()).add(relation.entry)
            related.setdefault(relation.entry, set()).add(identifier)
    return {identifier: frozenset(others) for identifier, others in related.items()}


def _descriptions(entries: Mapping[EntryId, Entry], keys: Sequence[Key]) -> dict[EntryId, frozenset[str]]:
    contested = {e for key in keys for owners in [owners_of(key)] if len(owners) > 1 for e in owners}
    return {identifier: words_about(entries[identifier]) for identifier in sorted(contested)}


def owners_of(key: Key) -> set[EntryId]:
    """The entries that a folded form may name."""
    return {f.entry for f in key.full} | key.short.keys()


_SHORTEST_WORD = 4


def words_about(entry: Entry) -> frozenset[str]:
    """The longer words of what the author says of an entry."""
    meta = entry.meta
    texts = [meta.summary, *(h.summary for h in meta.history), *(f"{f.label} {f.value}" for f in meta.facts)]
    texts += (t.content for t in entry.body.tokens if t.type == "inline")
    own = set(fold(meta.name).split())
    words = (w.strip(".,;:!?()[]\"'*_") for w in fold(" ".join(texts)).split())
    return frozenset(w for w in words if len(w) >= _SHORTEST_WORD and w not in own)
