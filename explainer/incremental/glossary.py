"""The glossary as linking sees it, noted entry by entry: the part that can matter to a text.

What an entry is called goes into the group of each of its forms; what linking may ask about it is its `Profile`. A text
depends on the profiles that were asked for while it was linked, and on the forms that stand in it. Those are not noted
one by one. That a form is *not* in a text matters as much, for it may be a new one; so when forms change, the texts are
searched for them (`texts_with`). A first name is in many texts and matters only in those that introduce its entry, or a
relative; these have asked for its profile. So such *faint* forms have groups of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import ahocorasick_rs
from msgspec import Struct

from explainer.annotate.folding import fold
from explainer.annotate.forms import Form
from explainer.annotate.joined import plain_of
from explainer.annotate.languages import EVERY_ARTICLE, has_own_script
from explainer.annotate.lexicon import (
    Key,
    Lexicon,
    Namesake,
    forms_by_key,
    is_team,
    key_of_forms,
    kind_word_of,
    namesakes_by_last_name,
    owners_of,
    stands_alone,
    words_about,
)
from explainer.annotate.reasons import Method
from explainer.annotate.text import Passage
from explainer.incremental.engine import ASK_BY_KEY, Reader
from explainer.incremental.store import Made, Name, Run, Store
from explainer.read.content import ARTICLES, GLOSSARY, PAGES, Entry
from explainer.read.schema import EntryKind, EntryMeta
from explainer.types import EntryId, SourcePath

T = TypeVar("T")


_LOUD, _FAINT, _ACRONYM = ("form", "small form"), ("faint form", "small faint form"), "acronym"
FORM_KINDS = (*_LOUD, *_FAINT, _ACRONYM)
"""The groups of forms, by what they are when folded: those that no small letter can begin in a text, and the others; both
once more for short forms that are nothing where their entry is not introduced; and acronyms that are all capitals."""
SEARCHED = frozenset({*FORM_KINDS, "namesake"})
"""What texts are searched for when it changes."""
_CAPITAL = frozenset({"form", "faint form"})
"""Kinds whose forms begin with a capital in a text, too."""


class FormShare(NamedTuple):
    """What an entry puts into the group of one of its forms."""

    forms: tuple[tuple[int, Form], ...]
    """Each with its place among the entry's forms that fold to the same: the strongest first."""
    team: bool
    """Whether the entry does sport."""


class Profile(Struct, frozen=True):
    """All that linking a text may ask about an entry, besides its forms."""

    name: str
    kind: EntryKind
    team: bool
    kind_word: str
    asks_for_box: bool
    related: frozenset[EntryId]


# ---- the rules ------------------------------------------------------------------------------------------------------


def name_entry(reader: Reader, key: str) -> Made:
    """The forms of an entry, each into its group; and whom it is related to."""
    identifier = EntryId(key)
    meta, language = entry_meta(reader, key), reader.cell("setting", "language")
    forms = forms_by_key(identifier, meta, language)
    team = is_team(meta)
    related = {r.entry for r in meta.relations}
    return Made(
        cells={("forms", key): tuple(forms), ("relates to", key): frozenset(related)},
        shares={
            **{name: share for text, own in forms.items() for name, share in _form_shares(text, own, team=team)},
            **{("namesake", last): own for last, own in namesakes_by_last_name(identifier, meta, language).items()},
            **{("owners", text): True for text in forms},
            **{("related", other): True for other in related},
            ("named", fold(meta.name)): True,
        },
    )


def _form_shares(text: str, forms: Sequence[Form], *, team: bool) -> Iterator[tuple[Name, FormShare]]:
    by_kind: dict[str, list[tuple[int, Form]]] = {}
    for n, form in enumerate(forms):
        by_kind.setdefault(_kind_of(form, team=team), []).append((n, form))
    return (((kind, text), FormShare(tuple(own), team)) for kind, own in by_kind.items())


def _kind_of(form: Form, *, team: bool) -> str:
    if form.method is Method.ACRONYM and form.text.isupper():
        return _ACRONYM
    kinds = _FAINT if form.is_short and not stands_alone(form, team=team) else _LOUD
    return kinds[_may_begin_small(form)]


def _may_begin_small(form: Form) -> bool:
    """Whether a text may write its first letter small: “e-mail”, and “the Guardian” for The Guardian (`same_name`)."""
    return not form.text[:1].isupper() or form.text.casefold().startswith(EVERY_ARTICLE)


def describe_entry(reader: Reader, key: str) -> Made:
    """The profile of an entry."""
    meta = entry_meta(reader, key)
    contested = any(_is_contested(reader, text) for text in reader.cell("forms", key))
    profile = Profile(
        name=meta.name,
        kind=meta.kind,
        team=is_team(meta),
        kind_word=kind_word_of(meta, reader.cell("setting", "language")),
        asks_for_box=meta.context,
        related=reader.cell("relates to", key) | {EntryId(s.arg) for s in reader.group("related", key)},
    )
    cells: dict[Name, Any] = {("profile", key): profile}
    if contested:
        cells["tells apart", key] = reader.cell("about", entry_path(reader, key))
    return Made(cells)


def _is_contested(reader: Reader, text: str) -> bool:
    """Whether a folded form may name several entries. Most are those of one, and that is quickly seen."""
    return len(reader.group("owners", text)) > 1 and len(owners_of(read_key(reader, text))) > 1


def entry_path(reader: Reader, key: str) -> SourcePath:
    """The file of an entry: of two files with one id the first."""
    return SourcePath(reader.group("entry", key)[0].arg)


def entry_meta(reader: Reader, key: str) -> EntryMeta:
    """What an entry's front matter says."""
    meta: EntryMeta = reader.cell("entry", entry_path(reader, key))
    return meta


def about_entry(entry: Entry) -> frozenset[str]:
    """The words that tell it from others of its name."""
    return words_about(entry)


def read_key(reader: Reader, text: str) -> Key:
    """What a folded form may name."""
    shares = [s.value for kind in FORM_KINDS for s in reader.group(kind, text)]
    return _key(shares, (s.value for s in reader.group("namesake", text)))


def _key(shares: Iterable[FormShare], namesakes: Iterable[tuple[Namesake, ...]]) -> Key:
    """The forms by entry, each entry's in its own order."""
    found = [(form.entry, n, form, share.team) for share in shares for n, form in share.forms]
    found.sort(key=lambda one: one[:2])
    teams = {entry for entry, _, _, team in found if team}
    people = tuple(n for some in namesakes for n in some)
    return key_of_forms([form for _, _, form, _ in found], people, teams)


# ---- the lexicon that one text sees ---------------------------------------------------------------------------------


class _Keys(dict[int, Key]):
    """Looked up when one is met. Which forms stand in a text is not noted: see `texts_with`."""

    def __init__(self, forms: Forms) -> None:
        super().__init__()
        self._forms = forms

    def __missing__(self, number: int) -> Key:
        self.foresee([number])
        return self[number]

    def foresee(self, numbers: Iterable[int]) -> None:
        """Look up those that are about to be asked for."""
        texts = {number: self._forms.texts[number] for number in numbers if number not in self}
        keys = self._forms.keys_of(texts.values())
        self.update((number, keys[text]) for number, text in texts.items())


_AT_ONCE = 100
"""Forms whose groups are read by one query: it may name 32,766 groups."""

FORM_TEXTS = ("form texts", "")
"""All forms, in order; no rule reads it."""


@dataclass
class Forms:
    """All forms of the glossary, for the texts of one build."""

    store: Store
    _made: dict[str, Key] = field(default_factory=dict)
    """The keys that were asked for, by their folded form."""

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Kept from one build to the next: to gather them takes longer than to find them in a text."""
        kept: tuple[str, ...] | None = self.store.cell(FORM_TEXTS)
        if kept is None:
            kept = tuple(sorted({key for kind in FORM_KINDS for key in self.store.keys_of(kind)}))
            self.store.put(FORM_TEXTS, kept)
        return kept

    def changed(self, texts: AbstractSet[str]) -> Forms:
        """The same once the groups of some folded forms are no longer what they were."""
        forms = Forms(self.store, {text: key for text, key in self._made.items() if text not in texts})
        owned = {text for text in texts if any(self.store.group((kind, text)) for kind in FORM_KINDS)}
        forms.texts = tuple(sorted(owned.union(self.texts).difference(texts - owned)))
        self.store.put(FORM_TEXTS, forms.texts)
        return forms

    def keys_of(self, texts: Collection[str]) -> dict[str, Key]:
        """What folded forms may name. Asked for together they are read in a fraction of the time."""
        unmade = iter([text for text in texts if text not in self._made])
        while some := tuple(islice(unmade, _AT_ONCE)):
            groups = iter(self.store.groups([(kind, text) for text in some for kind in (*FORM_KINDS, "namesake")]))
            for text in some:
                *forms, people = islice(groups, len(FORM_KINDS) + 1)
                shares = (share for group in forms for share in group.values())
                self._made[text] = _key(shares, (people[run] for run in sorted(people)))
        return {text: self._made[text] for text in texts}

    @cached_property
    def index(self) -> dict[str, int]:
        return {text: number for number, text in enumerate(self.texts)}

    @cached_property
    def automaton(self) -> ahocorasick_rs.AhoCorasick | None:
        return ahocorasick_rs.AhoCorasick(self.texts) if self.texts else None

    def prepare(self) -> None:
        """Make what all texts are searched with at once: that is quicker, and processes that are forked find it made."""
        _ = self.automaton
        shares: dict[str, list[FormShare]] = {}
        for kind in FORM_KINDS:
            for text, group in self.store.groups_of(kind):
                shares.setdefault(text, []).extend(group.values())
        people = {text: [group[run] for run in sorted(group)] for text, group in self.store.groups_of("namesake")}
        self._made |= {text: _key(own, people.get(text, ())) for text, own in shares.items()}

    @cached_property
    def keys(self) -> _Keys:
        return _Keys(self)

    def for_text(self, reader: Reader) -> Lexicon:
        """The lexicon for one text; what it asks about entries is noted."""
        profiles = _Profiles(reader)
        return Lexicon(
            automaton=self.automaton,
            keys=self.keys,
            foresee=self.keys.foresee,
            index=_Index(self, reader),
            kinds=profiles.of(lambda p: p.kind),
            names=_Named(reader),
            teams=profiles.of(lambda p: True if p.team else None),
            kind_words=profiles.of(lambda p: p.kind_word or None),
            related=profiles.of(lambda p: p.related or None),
            about=_About(reader),
        )


class _Noted(Mapping[Any, T]):
    """A mapping that can be asked for its values, but not for all that it holds."""

    def __iter__(self) -> Iterator[Any]:
        raise TypeError(ASK_BY_KEY)

    def __len__(self) -> int:
        raise TypeError(ASK_BY_KEY)


class _Index(_Noted[int]):
    """The number of a form that may stand in no text: “North America” in “North and South America”."""

    def __init__(self, forms: Forms, reader: Reader) -> None:
        self._forms, self._reader = forms, reader

    def __getitem__(self, text: str) -> int:
        for kind in (*_LOUD, _ACRONYM, "namesake"):
            self._reader.note((kind, text))
        return self._forms.index[text]


class _Named(_Noted[EntryId]):
    """The one entry of a name, folded."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getitem__(self, name: str) -> EntryId:
        shares = self._reader.group("named", name)
        if len(shares) != 1:
            raise KeyError(name)
        return EntryId(shares[0].arg)


class _About(_Noted[frozenset[str]]):
    """The words that tell an entry from others that share a form with it; few texts have to ask."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getitem__(self, identifier: EntryId) -> frozenset[str]:
        words: frozenset[str] | None = self._reader.cell("tells apart", identifier)
        if words is None:
            raise KeyError(identifier)
        return words


class _Profiles:
    """What profiles say, for a text that asks."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._asked: dict[str, Profile | None] = {}

    def ask(self, identifier: str) -> Profile | None:
        if identifier not in self._asked:
            self._asked[identifier] = self._reader.cell("profile", identifier)
        return self._asked[identifier]

    def of(self, value: Callable[[Profile], T | None]) -> _OfProfiles[T]:
        return _OfProfiles(self, value)


class _OfProfiles(dict[EntryId, T]):
    """One of the things that profiles say; entries of which it says nothing are left out. Filled as it is asked."""

    def __init__(self, profiles: _Profiles, value: Callable[[Profile], T | None]) -> None:
        super().__init__()
        self._profiles, self._value = profiles, value
        self._without: set[EntryId] = set()

    def __missing__(self, identifier: EntryId) -> T:
        value: T | None = self.get(identifier)
        if value is None:
            raise KeyError(identifier)
        return value

    def __contains__(self, identifier: object) -> bool:
        return self.get(EntryId(str(identifier))) is not None

    def get(self, identifier: EntryId, default: Any = None) -> Any:
        value = super().get(identifier)
        if value is None and identifier not in self._without:
            profile = self._profiles.ask(identifier)
            value = None if profile is None else self._value(profile)
            if value is None:
                self._without.add(identifier)
            else:
                self[identifier] = value
        return default if value is None else value


def asking_for_boxes(reader: Reader) -> Mapping[EntryId, bool]:
    """For every entry, whether it asks for a context box."""
    return _Profiles(reader).of(lambda p: p.asks_for_box)


def names_of_entries(reader: Reader) -> Mapping[EntryId, str]:
    """The name of every entry."""
    return _Profiles(reader).of(lambda p: p.name)


class EntryIds(Mapping[EntryId, object]):
    """The ids that entries have; whether one is there is noted by itself, and a look at all as a whole."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __contains__(self, identifier: object) -> bool:
        return self._reader.holds("entry", str(identifier))

    def __getitem__(self, identifier: EntryId) -> object:
        if identifier not in self:
            raise KeyError(identifier)
        return identifier

    def __iter__(self) -> Iterator[EntryId]:
        return iter(sorted({s.value for s in self._reader.group("entries")}))

    def __len__(self) -> int:
        return len(tuple(iter(self)))


# ---- where changed forms stand --------------------------------------------------------------------------------------


def searchable(passages: Iterable[Passage], title: str) -> str:
    """A text in which every form can be found that linking could find in it, and perhaps some more."""
    texts = [title, *(p.text for p in passages)]
    texts += [plain_of(text).text for text in texts if has_own_script(text)]
    return "\n".join(texts)


def texts_with(
    changed: Collection[Name], store: Store, renamed: Collection[str], among: Collection[str] | None = None
) -> Iterator[tuple[Run, Name]]:
    """The runs that linked the texts in which forms stand that are among the changed names, each with one of these.

    `renamed`: the entries that may have other forms than before. `among`: the files to be searched, if not all.
    """
    names = sorted({name for name in changed if name[0] in SEARCHED})
    if not names:
        return
    introducing = _introducing(renamed, store) if any(kind in _FAINT for kind, _ in names) else frozenset()
    automaton = ahocorasick_rs.AhoCorasick([text for _, text in names])
    texts = store.cells_of("plain") if among is None else ((path, store.cell(("plain", path)) or "") for path in among)
    for path, plain in texts:
        hits = automaton.find_matches_as_indexes(fold(plain), overlapping=True)
        forms = (names[number] for number, start, end in hits if _may_name(names[number], plain, start, end))
        for form in forms:
            run = _linked_by(path)
            # In words that hold more than a name, a form may hide another.
            if form[0] not in _FAINT or run in introducing or has_own_script(plain):
                yield run, form
                break


def _introducing(entries: Iterable[str], store: Store) -> frozenset[Run]:
    """The runs that may have linked a text that introduces one of the entries or somebody related to it."""
    near = {other for e in entries for other in (e, *_related(e, store))}
    return frozenset(run for e in near for run in store.readers_of(("profile", e)))


def _related(entry: str, store: Store) -> Iterator[str]:
    yield from store.cell(("relates to", entry)) or ()
    yield from (run.arg for run in store.group(("related", entry)))


def _linked_by(path: str) -> Run:
    """The run that links the text of a file."""
    folder = next(f for f in (ARTICLES, GLOSSARY, PAGES) if path.startswith(f"{f}/"))
    if folder == GLOSSARY:
        return Run("linked entry", path.rpartition("/")[2].removesuffix(".md"))
    return Run("article" if folder == ARTICLES else "page", path)


def _may_name(form: Name, text: str, start: int, end: int) -> bool:
    """Whether linking would look at a form there, as far as the characters at its ends tell: `matches_in`, `same_name`."""
    if form[0] in _CAPITAL and text[start].islower():
        return False
    if form[0] == _ACRONYM and not text[start:end].isupper():  # the Organisation of Fishers is not in “Of all”
        return False
    around = text[start - 1 : start], text[end : end + 1]
    return not form[1].isascii() or not any(c.isalnum() for c in around) or has_own_script(text)
