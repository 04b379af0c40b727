"""Names without an entry, each with what a new entry needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from explainer.annotate import Annotation
from explainer.annotate.forms import derive
from explainer.annotate.languages import Language
from explainer.read.content import GLOSSARY, Article, Content
from explainer.read.schema import EntryKind
from explainer.report.kinds import is_placed, kind_of_labels, kind_of_words, looks_like_person
from explainer.report.names import Name, Vocabulary
from explainer.report.quote import Example, example_in
from explainer.report.spellings import Key, initials_of, key_of, one_name
from explainer.report.stub import entry_stub, slug_of
from explainer.types import EntryId, SourcePath

Entities: TypeAlias = Callable[[str], Sequence[tuple[int, int, str]]]
"""The named entities that a model sees in a text: start, end and its label for their kind."""

_NOT_NAMES = frozenset("NORP LANGUAGE DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL".split())
"""Labels of what no glossary has entries for."""


class NewName(Struct, frozen=True):
    """A name without an entry."""

    name: str
    kind: EntryKind
    """A guess, from the words of the name and around it, or a model's."""
    articles: int
    mentions: int
    spellings: tuple[tuple[str, int], ...]
    """All ways in which it is written, the commonest first, and how often."""
    aliases: tuple[str, ...]
    """Those that do not follow from the name: what an entry would list."""
    file: SourcePath
    """Where its entry would stand."""
    example: Example

    @property
    def stub(self) -> str:
        """The text of the entry, to be filled in."""
        return entry_stub(self.name, self.kind, aliases=self.aliases)


class Use(Struct, frozen=True):
    """A place of a name, and the key of the name that it stands for in its article."""

    name: Name
    key: Key
    full: Key


def uses_of(names: Sequence[Name], words: Vocabulary, language: Language) -> Iterator[Use]:
    """What each name of one article stands for: a short form, after a full name, for the latest that it fits."""
    latest: dict[Key, Key] = {}
    for name in names:
        key = key_of(name.text)
        full = latest.get(key, key)
        yield Use(name, key, full)
        if full == key:
            latest |= dict.fromkeys(_short_forms(name, key, words, language), key)


def _short_forms(name: Name, key: Key, words: Vocabulary, language: Language) -> Iterator[Key]:
    """An acronym; of what may be a person the last name with its particles and without, and the first name."""
    initials = initials_of(name.text)
    if initials:
        yield (initials,)
    if " of " in name.text or " for " in name.text or kind_of_words(name.text, language) is not None:
        return
    yield from (key[begin:] for begin in range(1, len(key)))
    if len(key) > 1 and not name.is_definite and looks_like_person(name.text, words, language):
        yield key[:1]


def folders_of(content: Content) -> dict[EntryKind, str]:
    """The folder with most entries of each kind that there is."""
    by_kind: dict[EntryKind, Counter[str]] = {}
    for entry in content.entries.values():
        by_kind.setdefault(entry.meta.kind, Counter())[entry.path.rpartition("/")[0]] += 1
    return {kind: min(folders, key=lambda f: (-folders[f], f)) for kind, folders in by_kind.items()}


def grouped(uses: Sequence[Use], language: Language) -> dict[Key, list[Use]]:
    """The uses of each name in all its spellings, by the key of the leading one."""
    leader = one_name(Counter(u.full for u in uses), language)
    groups: dict[Key, list[Use]] = {}
    for use in uses:
        groups.setdefault(leader[use.full], []).append(use)
    return groups


class Writer(Struct, frozen=True):
    """What is known when suggestions are written."""

    content: Content
    articles: Mapping[SourcePath, Article]
    annotations: Mapping[SourcePath, Annotation]
    words: Vocabulary
    language: Language
    entities: Entities | None
    folders: Mapping[EntryKind, str]
    """Where most entries of a kind are."""

    def new_name(self, key: Key, group: Sequence[Use]) -> NewName | None:
        """The suggestion for a name; None where capitals, or the model, tell that it is none."""
        labels = [label for use in group for label in self._labels(use.name)]
        if self._is_no_name(key, group, labels):
            return None
        spellings = Counter(u.name.text for u in group)
        name = max((u.name.text for u in group if u.key == key), key=lambda text: (spellings[text], text))
        kind = self._kind(name, group, labels)
        return NewName(
            name=name,
            kind=kind,
            articles=len({u.name.source for u in group}),
            mentions=len(group),
            spellings=tuple(sorted(spellings.items(), key=lambda s: (-s[1], s[0]))),
            aliases=self._aliases(name, kind, group),
            file=self._file(name, kind),
            example=self.example(group[0].name),
        )

    def _is_no_name(self, key: Key, group: Sequence[Use], labels: Sequence[str]) -> bool:
        if labels and Counter(labels).most_common(1)[0][0] in _NOT_NAMES:
            return True
        if len(key) > 1:
            return False
        return all(u.name.is_first for u in group) or all(u.name.is_adjective for u in group)

    def _labels(self, name: Name) -> Iterator[str]:
        """The labels of the entities that a model sees at a name's place, and not only at a part of it."""
        if self.entities is None:
            return
        text = self.annotations[name.source].passages[name.passage].text
        for start, end, label in self.entities(text):
            if 2 * (min(end, name.stop) - max(start, name.begin)) > max(end - start, name.stop - name.begin):
                yield label

    def _kind(self, name: str, group: Sequence[Use], labels: Sequence[str]) -> EntryKind:
        told = kind_of_words(name, self.language)
        if told is None and any(u.name.is_titled for u in group):
            told = EntryKind.PERSON
        told = told or kind_of_labels(labels)
        if told is not None:
            return told
        if name.isupper():
            return EntryKind.ORGANISATION
        definite = any(u.name.is_definite for u in group)
        if not definite and looks_like_person(name, self.words, self.language):
            return EntryKind.PERSON
        places = sum(self._is_placed(u.name) for u in group)
        return EntryKind.PLACE if places * 2 > len(group) else EntryKind.CONCEPT

    def _is_placed(self, name: Name) -> bool:
        text = self.annotations[name.source].passages[name.passage].text
        return is_placed(text, name.begin, self.language)

    def _aliases(self, name: str, kind: EntryKind, group: Sequence[Use]) -> tuple[str, ...]:
        """The spellings that an entry has to list: acronyms, and those that do not follow from the name."""
        derived = {text for text, method in derive(name, kind, self.language) if not method.is_short} | {name}
        texts = {u.name.text for u in group if (u.key == u.full or u.name.text.isupper())}
        listed: dict[Key, str] = {}
        for text in sorted(texts - derived):
            if key_of(text) != key_of(name):
                listed.setdefault(key_of(text), text)
        return tuple(listed.values())

    def example(self, name: Name) -> Example:
        annotation = self.annotations[name.source]
        return example_in(self.articles[name.source], annotation, name.passage, name.begin, name.stop)

    def _file(self, name: str, kind: EntryKind) -> SourcePath:
        """Beside most entries of its kind, under a name that is free."""
        folder = self.folders.get(kind, GLOSSARY)
        slug = slug_of(name)
        slug = slug if EntryId(slug) not in self.content.entries else f"{slug}-{kind}"
        return SourcePath(f"{folder}/{slug}.md")
