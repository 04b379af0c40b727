"""Forms of entries that articles use and the glossary does not list, or lists in vain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from explainer.annotate import Annotation, Method, Reason
from explainer.annotate.folding import fold
from explainer.annotate.forms import Form, forms_of
from explainer.annotate.text import Zone
from explainer.read.content import Article, Content
from explainer.report.names import Vocabulary
from explainer.report.new_names import Use
from explainer.report.quote import Example, example_in
from explainer.report.spellings import Key, key_of, near
from explainer.types import EntryId, SourcePath

SEVERAL = 2
"""Articles that have to use a short form for its entry before it is worth listing."""

_MOST_WORDS = 10
"""Words of a form whose parts are looked for."""

_WRITTEN = frozenset({Method.NAME, Method.ALIAS, Method.HIDDEN_ALIAS})
"""Methods of the forms that an author wrote."""

_BRACKETS = re.compile(r" \((?:(?:also|or|formerly|better|known as|called) )*[\"“]?([^()\"”]{2,40})[\"”]?\)")
_ACRONYM = re.compile(r"[^\W\d_a-z][\w.&-]{0,8}[^\W\d_a-z]\.?")
_LATIN = re.compile(r"[A-Za-z]")
_DIGIT = re.compile(r"\d")


class Why(StrEnum):
    """What speaks for an alias."""

    BRACKETS = "in brackets behind the name"
    NOT_INTRODUCED = "used without the full name"
    ADJECTIVE = "an adjective"
    PART = "a part of the name, where it was named"
    SPELLING = "another spelling"


class NewAlias(Struct, frozen=True):
    """A form that an entry might list."""

    entry: EntryId
    text: str
    why: Why
    articles: int
    mentions: int
    example: Example

    @property
    def item(self) -> str:
        """What would be added to the entry's `aliases`."""
        return f"{{text: {self.text}, demonym: true}}" if self.why is Why.ADJECTIVE else self.text


class CommonWord(Struct, frozen=True):
    """A name or an alias of one word that articles write with a small letter as well."""

    entry: EntryId
    text: str
    small: int
    capital: int
    """How often they write it so, and with a capital inside a sentence."""


class Collision(Struct, frozen=True):
    """A form that several entries own."""

    text: str
    entries: tuple[EntryId, ...]
    undecided: int
    """Mentions of which no entry could be decided."""


class Found(NamedTuple):
    """A place that speaks for an alias."""

    entry: EntryId
    text: str
    why: Why
    source: SourcePath
    passage: int
    begin: int
    stop: int


class Forms(Struct, frozen=True):
    """All forms of a glossary by their keys."""

    by_key: Mapping[Key, tuple[Form, ...]]
    alike: Mapping[Key, tuple[Key, ...]]
    """The keys that authors wrote, by the first letters of their words."""

    @property
    def written(self) -> tuple[Form, ...]:
        """Those that authors wrote."""
        return tuple(f for forms in self.by_key.values() for f in forms if f.method in _WRITTEN)

    def owners(self, key: Key) -> frozenset[EntryId]:
        return frozenset(f.entry for f in self.by_key.get(key, ()))


def index_forms(content: Content) -> Forms:
    """The forms of all entries, derived ones included."""
    by_key: dict[Key, list[Form]] = {}
    alike: dict[Key, set[Key]] = {}
    for identifier, entry in content.entries.items():
        for form in forms_of(identifier, entry.meta, language=content.settings.language):
            key = key_of(form.text)
            by_key.setdefault(key, []).append(form)
            if form.method in _WRITTEN:
                alike.setdefault(_initials(key), set()).add(key)
    return Forms({k: tuple(f) for k, f in by_key.items()}, {k: tuple(sorted(keys)) for k, keys in alike.items()})


def _initials(key: Key) -> Key:
    return tuple(word[:1] for word in key)


# ---- aliases worth adding -------------------------------------------------------------------------------------------


def find_in_brackets(annotations: Mapping[SourcePath, Annotation], content: Content, forms: Forms) -> Iterator[Found]:
    """“SNC” in “Syrian National Council (SNC)”, and a name in another script."""
    for annotation in annotations.values():
        for decision in annotation.decisions:
            passage = annotation.passages[decision.passage]
            found = _BRACKETS.match(passage.text, decision.stop)
            if found is None or decision.entry is None or not decision.is_settled or passage.zone is Zone.HEADING:
                continue
            name = content.entries[decision.entry].meta.name
            text = found.group(1).strip()
            if _is_other_form(text, name) and decision.entry not in forms.owners(key_of(text)):
                yield Found(decision.entry, text, Why.BRACKETS, decision.source, decision.passage, *found.span(1))


def _is_other_form(text: str, name: str) -> bool:
    """Whether it is an acronym of the name's letters in their order, or written in another script."""
    if _DIGIT.search(text):
        return False
    if not _LATIN.search(text):
        return bool(_LATIN.search(name)) and any(c.isalpha() for c in text)
    letters = iter(fold(name))
    return bool(_ACRONYM.fullmatch(text)) and all(c in letters for c in fold(text) if c.isalpha())


_UNSETTLED = {
    Reason.NO_ANTECEDENT: Why.NOT_INTRODUCED,
    Reason.WEAK: Why.NOT_INTRODUCED,
    Reason.DEMONYM: Why.ADJECTIVE,
}


def find_not_introduced(
    annotations: Mapping[SourcePath, Annotation], forms: Forms, words: Vocabulary
) -> Iterator[Found]:
    """Mentions that would be settled if the form were listed: only one entry has it, and it is no common word."""
    for annotation in annotations.values():
        for d in annotation.decisions:
            if d.reason not in _UNSETTLED or len(d.readings) != 1 or d.readings[0].method is Method.FIRST_NAME:
                continue
            text = annotation.passages[d.passage].text[d.begin : d.stop]
            entry = d.readings[0].entry
            if entry in forms.owners(key_of(text)) and not words.small[fold(text)]:
                yield Found(entry, text, _UNSETTLED[d.reason], d.source, d.passage, d.begin, d.stop)


def find_among_names(
    uses: Sequence[Use], annotations: Mapping[SourcePath, Annotation], forms: Forms
) -> Iterator[tuple[Use, Found]]:
    """Names that are near the name of one entry, or a part of the name of one that the article has named."""
    settled = {
        source: {d.entry for d in a.decisions if d.entry is not None and d.is_settled}
        for source, a in annotations.items()
    }
    parts = _parts(forms)
    spelled: dict[Key, set[EntryId]] = {}
    for use in uses:
        if use.key not in spelled:
            alike = forms.alike.get(_initials(use.key), ())
            spelled[use.key] = {e for key in alike if near(use.key, key) for e in forms.owners(key)}
        named = parts.get(use.key, set()) & settled[use.name.source]
        for entries, why in ((spelled[use.key], Why.SPELLING), (named, Why.PART)):
            if len(entries) == 1:
                name = use.name
                found = Found(next(iter(entries)), name.text, why, name.source, name.passage, name.begin, name.stop)
                yield use, found
                break


def _parts(forms: Forms) -> dict[Key, set[EntryId]]:
    """The entries by each sequence of words inside their names."""
    parts: dict[Key, set[EntryId]] = {}
    for form in forms.written:
        key = key_of(form.text)[:_MOST_WORDS]
        for begin in range(len(key)):
            for end in range(begin + 1, len(key) + 1):
                parts.setdefault(key[begin:end], set()).add(form.entry)
    return parts


def gather(
    found: Sequence[Found], articles: Mapping[SourcePath, Article], annotations: Mapping[SourcePath, Annotation]
) -> tuple[NewAlias, ...]:
    """What was found for each entry and form, the most widely used first. Short forms have to be in several articles."""
    groups: dict[tuple[EntryId, Key, Why], list[Found]] = {}
    for one in found:
        groups.setdefault((one.entry, key_of(one.text), one.why), []).append(one)
    aliases = []
    for (entry, _, why), places in groups.items():
        sources = {p.source for p in places}
        if len(sources) < SEVERAL and why in {Why.NOT_INTRODUCED, Why.PART}:
            continue
        first = places[0]
        text = Counter(p.text for p in places).most_common(1)[0][0]
        example = example_in(articles[first.source], annotations[first.source], *first[4:])
        aliases.append(NewAlias(entry, text, why, len(sources), len(places), example))
    return tuple(sorted(aliases, key=lambda a: (-a.articles, -a.mentions, a.entry, a.text)))


# ---- aliases that are listed in vain --------------------------------------------------------------------------------


def common_words(forms: Forms, words: Vocabulary) -> tuple[CommonWord, ...]:
    """Names and aliases of one word that articles also write with a small letter, the commonest first.

    An entry that lists the word with a small letter too means it so.
    """
    written = [f for f in forms.written if not f.demonym]
    meant = {(f.entry, fold(f.text)) for f in written if f.text[:1].islower()}
    found = [
        CommonWord(f.entry, f.text, words.small[fold(f.text)], words.capital[fold(f.text)])
        for f in written
        if f.text[:1].isupper() and words.small[fold(f.text)] and (f.entry, fold(f.text)) not in meant
    ]
    return tuple(sorted(found, key=lambda c: (-c.small, c.entry, c.text)))


def collisions(forms: Forms, annotations: Mapping[SourcePath, Annotation]) -> tuple[Collision, ...]:
    """Forms that several entries list, those with most undecided mentions first."""
    owners: dict[str, dict[EntryId, str]] = {}
    for form in forms.written:
        owners.setdefault(fold(form.text), {}).setdefault(form.entry, form.text)
    undecided = Counter(fold(text) for text in _ambiguous(annotations))
    found = [
        Collision(next(iter(texts.values())), tuple(sorted(texts)), undecided[folded])
        for folded, texts in owners.items()
        if len(texts) > 1
    ]
    return tuple(sorted(found, key=lambda c: (-c.undecided, c.text, c.entries)))


def _ambiguous(annotations: Mapping[SourcePath, Annotation]) -> Iterator[str]:
    for annotation in annotations.values():
        for decision in annotation.decisions:
            if decision.reason is Reason.AMBIGUOUS:
                yield annotation.passages[decision.passage].text[decision.begin : decision.stop]
