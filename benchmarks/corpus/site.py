"""A made-up site: entries, and articles that mention them as articles do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from benchmarks.corpus.chance import Chance, Ranks
from benchmarks.corpus.names import Namer, Naming
from benchmarks.corpus.texts import Writer
from benchmarks.corpus.words import vocabulary

WORDS = 20_000
"""Different words in the texts."""
MENTIONS = 25
MENTIONED = 12
"""Different entries that an article mentions, `MENTIONS` times together."""
SENTENCES = 4
"""In a paragraph of an article."""
PLAN = "pphplphpqphpp"
"""The blocks of an article: paragraphs, headings, a list, a quotation."""
NICKNAMES = 20
"""How many names are in the texts that no entry has yet."""

_KINDS = ("person",) * 11 + ("place",) * 4 + ("organisation",) * 4 + ("event",)
_FACTS = {
    "person": ("Born", "Office"),
    "place": ("Founded", "Known for"),
    "organisation": ("Founded", "Seat"),
    "event": ("Year", "Held at"),
}
_RELATION = {"person": "works with", "place": "near", "organisation": "partner of", "event": "followed by"}
_LAST_DAY = dt.date(2024, 12, 31).toordinal()
_DAYS = 3650
"""The articles are of the ten years up to the last day."""

_NAMES, _ENTRIES, _ARTICLES, _VOCABULARY, _TAGS = range(5)
"""Each has a row of chances of its own, so that one article more changes no other."""


@dataclass(frozen=True, slots=True)
class Relation:
    type: str
    entry: str
    """An id."""
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    name: str
    kind: str
    summary: str
    aliases: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    """Label and value."""
    relations: tuple[Relation, ...]
    body: str
    """Markdown, about 80 words."""


@dataclass(frozen=True, slots=True)
class Article:
    slug: str
    title: str
    date: dt.date
    summary: str
    tags: tuple[str, ...]
    body: str
    """Markdown, about 620 words. A link to another article is written `[words](article:slug)`."""


@dataclass(frozen=True, slots=True)
class Nickname:
    """A name that stands in one of a hundred articles, and is no entry's until it is added."""

    entry: int
    """The number of the entry that is meant."""
    text: str


@dataclass(frozen=True)
class Site:
    """Entries at once, articles on demand: `article(7)` is the same whatever was asked for before."""

    seed: int
    articles: int
    namings: tuple[tuple[str, Naming], ...]
    """Kind and names of each entry."""
    nicknames: tuple[Nickname, ...]
    words: Sequence[str] = field(repr=False)
    """Those of the texts, the commonest first."""

    @cached_property
    def writer(self) -> Writer:
        return Writer(self.words)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entry(number) for number in range(len(self.namings)))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """One for about fifty articles, at least twenty."""
        chance, made_up = Chance(self.seed, _TAGS), self.words[1000:]
        return tuple(sorted({chance.pick(made_up) for _ in range(max(20, self.articles // 50))}))

    def every_article(self) -> Iterator[Article]:
        return (self.article(number) for number in range(self.articles))

    def article(self, number: int) -> Article:
        chance = Chance(self.seed, _ARTICLES, number)
        cast = [self.namings[n][1] for n in self._ranks.several(MENTIONED, chance)]
        day = _LAST_DAY - (self.articles - 1 - number) * _DAYS // self.articles
        return Article(
            slug=slug(number),
            title=self.writer.title(chance),
            date=dt.date.fromordinal(day),
            summary=self.writer.sentence(chance, cast[0].name),
            tags=tuple(self.tags[n] for n in self._tag_ranks.several(3, chance)),
            body="\n\n".join(self._blocks(number, cast, chance)),
        )

    @cached_property
    def _ranks(self) -> Ranks:
        """How often entries are mentioned. The offset keeps the first one to about one of twenty articles."""
        return Ranks(len(self.namings), offset=50)

    @cached_property
    def _tag_ranks(self) -> Ranks:
        return Ranks(len(self.tags), offset=10)

    def _blocks(self, number: int, cast: Sequence[Naming], chance: Chance) -> Iterator[str]:
        """The article's Markdown, block by block."""
        names = iter(_mentions(cast, chance))
        slots = iter(_slots(MENTIONS, PLAN.count("p") * SENTENCES))
        for place, block in enumerate(PLAN):
            if block == "h":
                yield f"## {self.writer.title(chance)}"
            elif block == "l":
                yield "\n".join(f"- {self.writer.sentence(chance, low=5, high=11)}" for _ in range(3))
            elif block == "q":
                yield f"> {self.writer.sentence(chance, low=15, high=25)}"
            else:
                sentences = [
                    self.writer.sentence(chance, *([next(names)] if next(slots) else [])) for _ in range(SENTENCES)
                ]
                yield " ".join([*sentences, *self._extra(number, place, chance)])

    def _extra(self, number: int, place: int, chance: Chance) -> Iterator[str]:
        """What some paragraphs have besides: emphasis, links to other articles, names that no entry has yet."""
        if place in (1, 7):
            yield f"{self._short(chance)} *{self._short(chance).lower()}* {self._short(chance).lower()}."
        if place in (3, 9) and number:
            other = slug(chance.below(number))
            yield f"{self._short(chance)} [{self._short(chance).lower()}](article:{other})."
        if place == len(PLAN) - 1 and number % 100 < len(self.nicknames):
            yield self.writer.sentence(chance, self.nicknames[number % 100].text, low=6, high=9)

    def _short(self, chance: Chance) -> str:
        return self.writer.sentence(chance, low=3, high=4).rstrip(".")

    def _entry(self, number: int) -> Entry:
        chance = Chance(self.seed, _ENTRIES, number)
        kind, naming = self.namings[number]
        others = [n for n in self._ranks.several(4, chance) if n != number]
        body = [self.writer.sentence(chance, self.namings[n][1].name) for n in others[:2]]
        body += [self.writer.sentence(chance) for _ in range(2)]
        return Entry(
            id=entry_id(naming.name, number),
            name=naming.name,
            kind=kind,
            summary=self.writer.sentence(chance, low=10, high=18),
            aliases=(naming.alias,) if naming.alias else (),
            facts=tuple((label, self._value(label, chance)) for label in _FACTS[kind]),
            relations=tuple(self._relation(kind, n) for n in others[2:]),
            body=f"{naming.name} {self.writer.sentence(chance).lower()} {' '.join(body)}",
        )

    def _value(self, label: str, chance: Chance) -> str:
        return str(chance.between(1900, 2000)) if label in ("Born", "Founded", "Year") else self._short(chance)

    def _relation(self, kind: str, other: int) -> Relation:
        name = self.namings[other][1].name
        return Relation(_RELATION[kind], entry_id(name, other), name)


def make_site(articles: int, entries: int, *, seed: int = 1) -> Site:
    """A site with so many articles and entries; both at least 1."""
    chance = Chance(seed, _NAMES)
    kinds = [chance.pick(_KINDS) for _ in range(entries)]
    words = vocabulary(WORDS, Chance(seed, _VOCABULARY))
    namer = Namer(kinds.count("person"), frozenset(words), chance)
    name = {"person": namer.person, "place": namer.place, "organisation": namer.organisation, "event": namer.event}
    namings = tuple((kind, name[kind]()) for kind in kinds)
    nicknames = tuple(Nickname(number % entries, f"Old {namer.fresh()}") for number in range(NICKNAMES))
    return Site(seed, articles, namings, nicknames, words)


def slug(number: int) -> str:
    """`report-000042`."""
    return f"report-{number:06}"


def entry_id(name: str, number: int) -> str:
    """`marta-velkan-42`: the number tells two apart whose names differ in letters that addresses do not have."""
    return f"{name.lower().replace(' ', '-')}-{number}"


def _mentions(cast: Sequence[Naming], chance: Chance) -> list[str]:
    """What an article calls its entries by, in its order: each by its full name first, by its short one from then on.

    The first ones come up again most often.
    """
    again = Ranks(len(cast))
    order = chance.shuffled([*range(len(cast)), *(again.draw(chance) for _ in range(MENTIONS - len(cast)))])
    met: set[int] = set()
    texts = []
    for number in order:
        texts.append(cast[number].short if number in met else cast[number].name)
        met.add(number)
    return texts


def _slots(wanted: int, places: int) -> list[bool]:
    """Which of the places are taken, evenly."""
    return [(n + 1) * wanted // places > n * wanted // places for n in range(places)]
